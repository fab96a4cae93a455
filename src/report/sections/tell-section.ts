/** Tells one simulated run: what was chosen and believed, what happened when and why, and how it ended. */

import type { Model } from "#model/model.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { aside, heading, inGroups, say, type Block } from "./blocks.ts";
import type { ToldStory } from "../json/tell-json.ts";
import { storyChoices, storyLines, storyOutcomes, storyState, type StoryLine } from "../words/tell-words.ts";
import { plural } from "../words/numbers.ts";
import { bare } from "../words/words.ts";

/** Columns that the dates take. */
const dates = 14;
/** Outcomes told. */
const mostOutcomes = 14;

export function tellBlocks(model: Model, { story, provenance, seed, where, tried }: ToldStory): readonly Block[] {
  const lines = storyLines(model, story);
  const counted = [...new Set(lines.flatMap((l) => l.claims))];
  const choices = storyChoices(model, story);
  const label = bare(mindOf(model, story.view).label);
  return inGroups([
    [
      heading(provenance.title),
      aside(
        `Run ${story.world} under ${story.view === "case" ? label : `“${label}”`}, seed ${seed}${
          where === null ? "" : `: of ${plural(tried, "run")} looked at, the first with ${where}`
        }. This is one run of a model, not a forecast.`,
      ),
    ],
    choices.length === 0 ? [] : [say(`Chosen: ${choices.join("; ")}.`)],
    lines.length === 0 ? [say("Nothing happens in this run.")] : lines.flatMap(happeningBlocks),
    storyState(model, story).map((s) =>
      say(`${s.label}: ${s.at.map((a) => `${a.value} (${a.when})`).join(", ")}.`, { hang: 2 }),
    ),
    [
      heading("How it ended"),
      ...storyOutcomes(model, story)
        .slice(0, mostOutcomes)
        .map((o) => say(`${o.label}: ${o.value}`, { indent: 2, hang: 4 })),
    ],
    counted.length === 0
      ? []
      : [
          heading("Claims behind these events"),
          ...counted.map((name) =>
            say(`${name}  ${bare(model.claims.find((c) => c.name === name)?.label ?? "")}.`, { indent: 2, hang: 6 }),
          ),
        ],
    [
      aside(
        `True in this run: ${story.claims.filter((c) => c.isTrue).length} of ${plural(story.claims.length, "claim")}.`,
      ),
      aside(
        `${provenance.engine}; case ${provenance.hash.slice(0, 12)}; made by ${provenance.modeller ?? "no named modeller"}.`,
      ),
    ],
  ]);
}

function happeningBlocks(l: StoryLine): readonly Block[] {
  return [
    say(l.what, { lead: l.when.padEnd(dates), hang: dates, tone: "strong" }),
    ...(l.why === "" ? [] : [aside(l.why, { indent: dates })]),
  ];
}
