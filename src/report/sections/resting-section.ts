/** The section on what carries conclusions and what would reverse them: one in full, the others in a table each. */

import type { ExplainFindings, FlipFindings, TableHead, TargetHead } from "#analysis/carries/explain.ts";
import type { Further } from "#analysis/findings/further.ts";
import type { Resting } from "#analysis/findings/resting.ts";
import { sureness } from "#analysis/verdicts/verdict.ts";
import type { Model } from "#model/model.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import { contributionBars, contributionTable } from "../charts/contribution-bars.ts";
import { flipStrips, flipTable } from "../charts/flip-strips.ts";
import { tornado, tornadoTable } from "../charts/tornado.ts";
import { waterfall, waterfallTable } from "../charts/waterfall.ts";
import { mapTable, twoWayMap } from "../charts/two-way-map.ts";
import type { Block } from "./blocks.ts";
import { carriesSentence, contributionsOf, flipsOf, mapOf } from "./explain-figures.ts";
import { fineScale, refusedText, signedIn, withError } from "../words/explain-words.ts";
import { grouped, listed, plural, signed } from "../words/numbers.ts";
import { unknownsOf } from "./unknown-figures.ts";
import type { Provenance } from "../words/provenance.ts";
import { bare, capital, spaced } from "../words/words.ts";

/** What carries the leading conclusion and what would reverse it; then, shorter, the others. */
export function restingBlocks(model: Model, further: Further, p: Provenance): readonly Block[] {
  const { carries, reverses, resting } = further;
  return [
    ...(carries === null ? [] : carriedBlocks(carries, p)),
    ...(reverses === null ? [] : reversedBlocks(model, reverses, p)),
    ...othersBlocks(model, resting),
  ];
}

/** Contributions with their intervals, and the pairs of claims that do more or less together than apart. */
export function carriedBlocks(carries: ExplainFindings, p: Provenance): readonly Block[] {
  const [explained] = carries.explained;
  const data = explained === undefined ? null : contributionsOf(carries.target, explained);
  if (explained === undefined || data === null)
    return refused(carries.target, explained?.found.refusal ?? null, "What carries");
  const head = {
    id: "carries-picture",
    title: "What carries it",
    subtitle: `“${bare(carries.target.label)}”: what each claim contributes to the margin, in this model`,
    caption: captionOf(p, carries, explained.view, runsText(explained.table)),
  };
  const scale = fineScale([explained.found.all.margin, ...explained.found.shares.map((s) => s.share)], carries.target);
  const pairs = explained.found.pairs.filter((x) => Math.abs(x.interaction) > sureness * x.se).slice(0, 8);
  const indices = (explained.unknowns?.sobol.indices ?? [])
    .filter((i) => i.total > sureness * i.totalError)
    .toSorted((a, b) => b.total - a.total)
    .slice(0, 10);
  return [
    { kind: "paragraph", text: carriesSentence(carries.target, explained) },
    pictureBlock(head, (h, w) => contributionBars(data, h, w), contributionTable(data)),
    {
      kind: "disclosure",
      title: "The same, step by step",
      blocks: [
        pictureBlock(
          { ...head, id: "steps-picture", title: "From every claim off to as believed" },
          (h, w) => waterfall(data, h, w),
          waterfallTable(data),
        ),
      ],
    },
    pairs.length === 0
      ? { kind: "paragraph", text: "No pair of claims stands out as doing more, or less, together than apart." }
      : {
          kind: "table",
          table: {
            caption: `Pairs of claims that do more (+) or less (−) together than apart, in ${scale.unit === "" ? "the margin" : scale.unit}, ± two standard errors`,
            columns: ["Claim", "And claim", "Together, beyond apart"],
            rows: pairs.map((x) => [x.claims[0], x.claims[1], withError(x.interaction, x.se, scale)]),
          },
        },
    ...(indices.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            table: {
              caption:
                "Of how far the margin varies with what nobody knows, luck and claims averaged out: so much in 100 would go if this alone were known; so much would stay if all but this were known",
              columns: ["Quantity", "Goes, if known", "Stays, if all else is known"],
              rows: indices.map((i) => [
                listed(i.unknowns.map(spaced)),
                `${grouped(100 * i.first, 0)} ±${grouped(200 * i.firstError, 0)}`,
                `${grouped(100 * i.total, 0)} ±${grouped(200 * i.totalError, 0)}`,
              ]),
            },
          },
        ]),
  ];
}

/** The credences at which the verdict turns, one claim at a time, then two; the fewest that turn it; the unknowns. */
export function reversedBlocks(model: Model, reverses: FlipFindings, p: Provenance): readonly Block[] {
  const [flipped] = reverses.flipped;
  const flips = flipped === undefined ? null : flipsOf(flipped);
  if (flipped === undefined || flips === null) return [];
  const { target } = reverses;
  const caption = captionOf(p, reverses, flipped.view, runsText(flipped.table));
  const about = `“${bare(target.label)}”`;
  const map = mapOf(flipped, target.threshold);
  const unknowns = unknownsOf(model, flipped, target);
  return [
    pictureBlock(
      {
        id: "reverses-picture",
        title: "What would reverse it",
        subtitle: `${about}: how far one claim would have to be believed, in 100, all else as it is`,
        caption,
      },
      (h, w) => flipStrips(flips, h, w),
      flipTable(flips),
    ),
    { kind: "paragraph", text: setSentence(flipped.found) },
    ...(map === null
      ? []
      : [
          pictureBlock(
            {
              id: "two-claims-picture",
              title: "Two claims at once",
              subtitle: `${about} by how far both are believed, in 100, all else as it is; the mark is where they stand now`,
              caption,
            },
            (h, w) => twoWayMap(map, h, w),
            mapTable(map),
          ),
        ]),
    ...(unknowns === null
      ? []
      : [
          pictureBlock(
            {
              id: "unknowns-picture",
              title: "What nobody knows, from low to high",
              subtitle: `${about}: the margin to expect with each quantity at the low and the high end of 9 chances in 10`,
              caption,
            },
            (h, w) => tornado(unknowns, h, w),
            tornadoTable(unknowns),
          ),
        ]),
  ];
}

function setSentence({ now, set, claims }: FlipFindings["flipped"][number]["found"]): string {
  const alone = claims.filter((c) => c.points.length > 0).length;
  const head =
    alone === 0
      ? "No claim alone can turn it, whatever one believes of it."
      : `${plural(alone, "claim")} can turn it alone.`;
  if (set === null) return `${head} No set of four claims or fewer was found that turns it together.`;
  const moves = listed(set.claims.map((c) => `${c.claim} ${c.to ? "true" : "false"}`));
  return `${head} ${set.smallest ? "The fewest that turn it" : "A few that turn it"}, surely ${moves}: then it is “${set.margin.verdict}”, now “${now.verdict}”.`;
}

/** Every other conclusion: under each view, what contributes most and what claim alone turns it. */
function othersBlocks(model: Model, resting: readonly Resting[]): readonly Block[] {
  const names = [...new Set(resting.map((r) => r.target.name))];
  if (names.length === 0) return [];
  return [
    {
      kind: "disclosure",
      title: `What each of ${plural(names.length, "conclusion")} rests on, under each view`,
      blocks: [
        {
          kind: "paragraph",
          text: "Contributions add up from the margin with every claim off to the margin as believed; those whose two standard errors reach zero are left out. A claim turns a verdict where its credence, moved alone, takes the margin past what matters.",
        },
        ...names.map((name) =>
          restingTable(
            model,
            resting.filter((r) => r.target.name === name),
          ),
        ),
      ],
    },
  ];
}

/** Contributions told of one conclusion under one view. */
const mostTold = 4;

export function restingTable(model: Model, rows: readonly Resting[]): Block {
  const target = rows[0]?.target;
  const label = (view: string): string => bare(model.views.find((v) => v.name === view)?.label ?? "As the case has it");
  return {
    kind: "table",
    table: {
      caption: target === undefined ? "" : bare(target.label),
      columns: ["View", "Verdict", "Margin", "With every claim off", "Contributes most", "Turned alone by"],
      rows: rows.map((r) => {
        const { all, none, shares, refusal } = r.carried;
        if (refusal !== null) return [label(r.view), capital(refusedText(refusal)), "–", "–", "–", "–"];
        const scale = fineScale([all.margin, none.margin], r.target);
        const sure = shares.filter((s) => Math.abs(s.share) > sureness * s.se).slice(0, mostTold);
        const turns = r.turned.filter((t) => !t.thin && t.points.length > 0).slice(0, mostTold);
        return [
          label(r.view),
          all.verdict,
          `${withError(all.margin, all.se, scale)} ${scale.unit}`.trim(),
          signedIn(none.margin, scale),
          sure.map((s) => `${s.claim} ${signed(s.share / scale.by, scale.decimals)}`).join(", ") || "none for sure",
          turns
            .map((t) => `${t.claim} at ${t.points.map((x) => grouped(100 * x.credence, 0)).join(" and ")}`)
            .join(", ") || "no claim",
        ];
      }),
    },
  };
}

function refused(target: TargetHead, why: Parameters<typeof refusedText>[0] | null, what: string): readonly Block[] {
  return [
    {
      kind: "paragraph",
      text: `${what} “${bare(target.label)}”: ${why === null ? "nothing to tell" : refusedText(why)}.`,
    },
  ];
}

/** `2,048 patterns of claims, 8 simulated runs of each`. */
export function runsText(table: TableHead): string {
  return table.kind === "exact"
    ? `every pattern of ${plural(table.gates, "claim")}, ${plural(table.worlds, "simulated run")} of each`
    : `${plural(table.patterns, "pattern")} of ${plural(table.gates, "claim")}, ${plural(table.worlds, "simulated run")} of each`;
}
