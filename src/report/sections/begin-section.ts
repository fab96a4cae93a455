/** Says what a new case was begun from, what was found in a text it was drafted from, and what to do next. */

import { placeText } from "#text/passages.ts";
import { heading, say, type Block } from "./blocks.ts";
import { plural } from "../words/numbers.ts";

/** Where a new case was written. */
export interface BegunCase {
  readonly folder: string;
  readonly file: string;
}

/** A path or a command under a sentence, for copying. */
function whole(text: string, indent = 0): Block {
  return say(text, { indent, isWhole: true });
}

export function templateBlocks(
  { folder, file }: BegunCase,
  template: string,
  templates: readonly string[],
): readonly Block[] {
  const others = templates.filter((t) => t !== template);
  return [
    whole(file),
    say("It runs as it is. Replace every line with your own. To look at it:"),
    whole(`casus web ${folder}`, 2),
    say("To check it as you write:"),
    whole(`casus check ${folder}`, 2),
    say(
      `It was begun from the template ${template}. There are also ${others.join(", ")}. casus parts lists what you can add.`,
    ),
  ];
}

interface Place {
  readonly paragraph: number;
  readonly sentence: number;
}

/** What was found in a text: sentences that assert something, each with the kinds of claim it may be and whom it reports, and those left out with the reason. */
interface DraftFindings {
  readonly assertions: readonly (Place & { readonly kinds: readonly string[]; readonly voice: string | null })[];
  readonly left: readonly (Place & { readonly why: string })[];
  readonly actors: readonly string[];
  readonly isEnglish: boolean;
}

/** The text, its plain copy, and the list of its sentences. */
interface DraftFiles {
  readonly from: string;
  readonly copy: string;
  readonly passages: string;
}

export function draftBlocks({ folder, file }: BegunCase, draft: DraftFindings, files: DraftFiles): readonly Block[] {
  const step = (n: number, text: string): Block => say(text, { lead: `  ${n}. ` });
  return [
    whole(file),
    ...(draft.isEnglish ? foundBlocks(draft, files.from) : [say(otherLanguage(files.from))]),
    heading("Next"),
    step(1, "Read the sentences of the text, with their numbers:"),
    whole(files.passages, 5),
    step(
      2,
      "In the case, delete the claims on which no figure of yours would hang, and say the others in your own words. Three to seven are usual.",
    ),
    step(3, "Say who disagrees, and what they hold."),
    step(4, "Replace the model with one of your own. casus parts lists ready-made ones."),
    step(5, "Check the case, and read each claim next to its passage:"),
    whole(`casus check ${folder} --source ${files.copy}`, 5),
    step(6, "Look at it:"),
    whole(`casus web ${folder}`, 5),
  ];
}

function foundBlocks({ assertions, left, actors }: DraftFindings, from: string): readonly Block[] {
  const kinds = inKinds(assertions, (a) => a.kinds[0] ?? "").map(([kind, of]) => `${of.length} ${kind}`);
  const counted = kinds.length === 0 ? "" : ` (${kinds.join(", ")})`;
  const sentences = left.filter((l) => l.why !== "a title");
  const reasons = inKinds(sentences, (l) => l.why);
  const reported = assertions.filter((a) => a.voice !== null);
  return [
    say(
      `${plural(assertions.length + sentences.length, "sentence")} of ${from}: ${plural(assertions.length, "draft claim")}${counted}.`,
    ),
    ...(reported.length === 0 ? [] : [say(`Of these, what it reports of others: ${placeList(reported)}.`)]),
    ...(reasons.length === 0 ? [] : [say("Left out, perhaps wrongly:")]),
    ...reasons.map(([why, of]) => say(`${why}: ${placeList(of)}`, { indent: 2, hang: 4 })),
    say(actors.length === 0 ? "No actor was found. Say who acts." : `Who acts: ${actors.join(", ")}.`),
  ];
}

function otherLanguage(from: string): string {
  return `${from} does not seem to be in English. Casus finds claims by English words only. The sentences are numbered, and the draft has one claim for you to replace.`;
}

function inKinds<T>(all: readonly T[], kindOf: (one: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(kindOf(one), [...(groups.get(kindOf(one)) ?? []), one]);
  return [...groups];
}

/** As many places as fit in a line or two. */
const mostPlaces = 12;

function placeList(places: readonly Place[]): string {
  const shown = places.slice(0, mostPlaces).map(placeText);
  const more = places.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
