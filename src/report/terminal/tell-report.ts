/** The report of one simulated run for people: what was chosen and believed, what happened when and why, and how it ended. */

import type { Model } from "#model/model.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import type { ToldStory } from "../json/tell-json.ts";
import { storyChoices, storyLines, storyOutcomes, storyState } from "../words/tell-words.ts";
import { bare } from "../words/words.ts";
import { printable, wrap } from "../render/lines.ts";
import type { Palette } from "../render/palette.ts";

/** Columns that the dates stand in. */
const dates = 14;

export function tellReport(
  model: Model,
  { story, provenance, seed, where, tried }: ToldStory,
  look: { readonly width: number; readonly palette: Palette },
): string {
  const { width, palette } = look;
  const say = (text: string, indent = "", next = indent): readonly string[] =>
    wrap(printable(text), width, indent, next);
  const lines = storyLines(model, story);
  const isTrue = new Set(story.claims.filter((c) => c.isTrue).map((c) => c.name));
  const stood = [...new Set(lines.flatMap((l) => l.claims))];
  const choices = storyChoices(model, story);
  return [
    ...say(provenance.title).map(palette.strong),
    ...say(
      `Run ${story.world} of those drawn under “${bare(mindOf(model, story.view).label)}”, seed ${seed}${
        where === null ? "" : `: the first of ${tried} looked at in which it is so that ${where}`
      }. One run of a model, told as a story; not a forecast.`,
    ).map(palette.faint),
    "",
    ...(choices.length === 0 ? [] : [...say(`Chosen: ${choices.join("; ")}.`), ""]),
    ...(lines.length === 0 ? say("Nothing happens in this run.") : []),
    ...lines.flatMap((l) => [
      ...wrap(printable(l.what), width - dates).map((t, i) =>
        palette.strong(`${(i === 0 ? l.when : "").padEnd(dates)}${t}`),
      ),
      ...(l.why === "" ? [] : say(l.why, " ".repeat(dates)).map(palette.faint)),
    ]),
    "",
    ...storyState(model, story).flatMap((s) =>
      say(`${s.label}: ${s.at.map((a) => `${a.value} (${a.when})`).join(", ")}.`, "", "  "),
    ),
    "",
    ...say("How it ended").map(palette.strong),
    ...storyOutcomes(model, story)
      .slice(0, 14)
      .flatMap((o) => say(`${o.label}: ${o.value}`, "  ", "    ")),
    ...(stood.length === 0
      ? []
      : [
          "",
          ...say("Claims it stood on").map(palette.strong),
          ...stood.flatMap((name) =>
            say(`${name}  ${bare(model.claims.find((c) => c.name === name)?.label ?? "")}.`, "  ", "      "),
          ),
        ]),
    "",
    ...say(`${isTrue.size} of ${story.claims.length} claims are true in this run.`).map(palette.faint),
    ...say(
      `${provenance.engine}; case ${provenance.hash.slice(0, 12)}; made by ${provenance.modeller ?? "no named modeller"}.`,
    ).map(palette.faint),
    "",
  ].join("\n");
}
