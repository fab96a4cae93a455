/** One simulated run as the document `casus/tell@1`, with the one definition its JSON Schema is made of. */

import { z } from "zod";
import type { Story } from "#analysis/tell/story.ts";
import type { Model } from "#model/model.ts";
import { from, writeFinding } from "./codec.ts";
import { figure } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";
import { storyLines } from "../words/tell-words.ts";

export interface ToldStory {
  readonly story: Story;
  readonly provenance: Provenance;
  readonly seed: number;
  /** The condition asked for, as written; null for none. */
  readonly where: string | null;
  /** Runs gone through to find it. */
  readonly tried: number;
}

const causeShape = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("hazard"),
    share: figure.describe("of the event's rate in the step in which it came"),
    words: z.array(z.string()).describe("what that part of the rate reads"),
    claims: z.array(z.string()).describe("claims true in this run that it stands on"),
  }),
  z.object({ kind: z.literal("after"), event: z.string(), label: z.string() }),
]);

export const tellShape = z.object({
  schema: z.literal("casus/tell@1"),
  provenance: z
    .object({
      case: z.string(),
      title: z.string(),
      hash: z.string().describe("SHA-256 of the case's text"),
      version: z.union([z.string(), z.null()]),
      modeller: z.union([z.string(), z.null()]),
      asOf: z.union([z.string(), z.null()]),
      engine: z.string(),
      seed: z.number().int(),
      view: z.string(),
      note: from(() => "one run of a model, not a forecast", z.string()),
    })
    .describe("where the run comes from"),
  world: z.number().int().describe("the number of the run; the same draws as it has in every verb"),
  where: z.union([z.string(), z.null()]),
  tried: z.number().int().describe("runs gone through to find it"),
  choices: z.record(z.string(), z.string()),
  claims: z.record(z.string(), z.boolean()).describe("by claim: whether it is true in this run"),
  happenings: z.array(
    z.object({
      event: z.string(),
      label: z.string(),
      time: figure.describe("from the start, in the clock's unit"),
      date: z.string().describe("as people read it"),
      times: z.number().int().describe("how often it has happened by then"),
      causes: z.array(causeShape),
      words: z.string().describe("the causes in a sentence"),
    }),
  ),
  state: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      at: z.array(z.object({ time: figure, value: figure })).describe("in base units"),
    }),
  ),
  outcomes: z.record(z.string(), figure).describe("by outcome, in base units; of a word, its place from 0"),
});

export function tellJson(model: Model, { story, provenance, seed, where, tried }: ToldStory): string {
  const lines = storyLines(model, story);
  return writeFinding(tellShape, {
    ...story,
    provenance: { ...provenance, seed, view: story.view },
    where,
    tried,
    choices: story.situation.choices,
    claims: Object.fromEntries(story.claims.map((c) => [c.name, c.isTrue])),
    happenings: story.happenings.map((h, i) => ({ ...h, date: lines[i]?.when ?? "", words: lines[i]?.why ?? "" })),
    outcomes: Object.fromEntries(model.outcomes.map((o, i) => [o.name, story.outcomes[i] ?? Number.NaN])),
  });
}
