/** The section on where a conclusion fails, and on what becomes of it when everything judged is moved. */

import type { TargetHead } from "#analysis/carries/explain.ts";
import type { Discovered } from "#analysis/scenarios/discover.ts";
import type { JitterFinding } from "#analysis/scenarios/jitter.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import type { Model } from "#model/model.ts";
import { heading, type Block } from "./blocks.ts";
import { fineScale, signedIn, unitOf } from "../words/explain-words.ts";
import { listed, plural } from "../words/numbers.ts";
import {
  boxText,
  countedText,
  leafText,
  percent,
  restrictionText,
  standsOut,
  timesOf,
} from "../words/scenario-words.ts";
import { bare, capital, spaced } from "../words/words.ts";

/** Where a conclusion fails, under a heading. */
export function scenarioPage(model: Model, target: TargetHead, d: Discovered): readonly Block[] {
  return [heading(`Where it fails (${spaced(d.view)})`), ...scenarioBlocks(model, target, d)];
}

/** What becomes of a conclusion when everything judged is moved, under a heading. */
export function jitterPage(model: Model, target: TargetHead, j: JitterFinding): readonly Block[] {
  return [heading(`If the judged figures were others (${spaced(j.view)})`), ...jitterBlocks(model, target, j)];
}

export function scenarioBlocks(model: Model, target: TargetHead, d: Discovered): readonly Block[] {
  const { found, view } = d;
  const head = `${plural(found.cases, "belief")} ${found.cases === 1 ? "was" : "were"} drawn from this view, each about every claim and every unknown. “${bare(target.label)}” ${countedText(d)}`;
  if (!standsOut(d)) return [{ kind: "paragraph", text: `${head} No part of the beliefs stands out.` }];
  const { chosen } = found;
  const restrictions = chosen.restrictions.toSorted((a, b) => timesOf(d, b) - timesOf(d, a));
  return [
    { kind: "paragraph", text: `${head} It fails most where all of these are so at once:` },
    {
      kind: "list",
      items: restrictions.map(
        (r) => `${capital(restrictionText(model, view, r))} (found again in ${timesOf(d, r)} of ${found.resamples}).`,
      ),
    },
    {
      kind: "paragraph",
      text: `${boxText(chosen)} The beliefs were redrawn ${plural(found.resamples, "time")} from the same ones: what was seldom found again is chance.`,
    },
    ...(found.tree.length === 0
      ? []
      : [
          { kind: "paragraph" as const, text: "The same beliefs, split in two three times over:" },
          {
            kind: "list" as const,
            items: found.tree.map(
              (l) =>
                `Where ${leafText(model, view, l)}, ${percent(l.density)} in 100 fail; that is ${percent(l.coverage)} in 100 of all failures.`,
            ),
          },
        ]),
    {
      kind: "disclosure",
      title: "Smaller and larger parts: what each covers",
      blocks: [
        {
          kind: "table",
          table: {
            caption: "From all beliefs inward, one restriction after another, in 100",
            columns: ["Restrictions", "Of all beliefs", "Of all failures", "Of those inside, fail"],
            rows: spacedOut(found.trajectory, 10).map((b) => [
              String(b.restrictions.length),
              percent(b.mass),
              percent(b.coverage),
              percent(b.density),
            ]),
          },
        },
      ],
    },
  ];
}

/** `target` is the conclusion that was made anew in each variant. */
export function jitterBlocks(model: Model, target: TargetHead, j: JitterFinding): readonly Block[] {
  const scale = fineScale(j.margins, target);
  const [least, middle, most] = j.margins;
  const label = (name: string): string => bare(model.claims.find((c) => c.name === name)?.label ?? "");
  const figure = (name: string): string =>
    bare(
      [...model.unknowns, ...model.stocks, ...model.lets, ...model.tables, ...model.shocks].find((d) => d.name === name)
        ?.label ?? spaced(name),
    );
  const told = verdicts.filter((v) => j.verdicts[v] > 0).map((v) => `${v} in ${j.verdicts[v]}`);
  return [
    {
      kind: "paragraph",
      text: `${capital(plural(j.varied.length, "figure"))} in this model ${j.varied.length === 1 ? "is" : "are"} the modeller's judgement. In ${plural(j.variants, "variant")} ${j.varied.length === 1 ? "it was" : "all of them were"} moved, to between half and twice the value (a share by its odds), and the argument was run anew. “${bare(target.label)}”: ${listed(told) || "no verdict was possible"}${j.refused > 0 ? `; not told in ${j.refused}` : ""}. The margin goes from ${signedIn(least, scale)} to ${signedIn(most, scale)}${unitOf(scale)}; in the middle variant it is ${signedIn(middle, scale)}.`,
    },
    {
      kind: "table",
      table: {
        caption: `Which claims matter most, whichever way we judge: in how many of ${plural(j.variants, "variant")}`,
        columns: ["Claim", "What it says", "Contributes most", "Among the first three", "Raises the margin"],
        rows: j.ranks
          .filter((r) => r.leads > 0 || r.amongThree > 0)
          .slice(0, 8)
          .map((r) => [spaced(r.claim), label(r.claim), String(r.leads), String(r.amongThree), String(r.positive)]),
      },
    },
    {
      kind: "paragraph",
      text: "A rank that changes between variants is no finding: it depends on our judgement. The form of the equations was not varied.",
    },
    {
      kind: "disclosure",
      title: "Every figure that was moved",
      blocks: [{ kind: "paragraph", text: `${[...new Set(j.varied.map(figure))].join("; ")}.` }],
    },
  ];
}

/** The first, the last and those evenly between. */
function spacedOut<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))] as T);
}
