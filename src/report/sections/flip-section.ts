/** The section on what would reverse a conclusion: where the verdict turns, by claim, pair, set, unknown and view. */

import { aside, gap, heading, inGroups, say, type Block } from "./blocks.ts";
import type { FlipFindings, ViewFlips } from "#analysis/carries/explain.ts";
import type { ClaimFlip } from "#analysis/carries/flips.ts";
import type { UnknownThreshold } from "#analysis/carries/thresholds.ts";
import { sureness } from "#analysis/verdicts/verdict.ts";
import type { Model } from "#model/model.ts";
import { flipStrips } from "../charts/flip-strips.ts";
import { tornado, tornadoTable } from "../charts/tornado.ts";
import { mapTable, twoWayMap } from "../charts/two-way-map.ts";
import { flipsOf, mapOf } from "./explain-figures.ts";
import { titleBlocks, type CarriesLayout } from "./explain-section.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import { unknownsOf } from "./unknown-figures.ts";
import {
  claimText,
  fineScale,
  marginText,
  refusedText,
  runsText,
  tableText,
  unitOf,
  viewText,
  withError,
} from "../words/explain-words.ts";
import { grouped, listed, plural, scaleApart, scaleOf, slackText, withSpan, type Scale } from "../words/numbers.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare, hangingTexts } from "../words/words.ts";

/** With its title and where it comes from, every view in full. */
export function flipBlocks(
  model: Model,
  f: FlipFindings,
  provenance: Provenance,
  { everything }: Pick<CarriesLayout, "everything">,
): readonly Block[] {
  return inGroups([
    titleBlocks("What would reverse it", f),
    ...f.flipped.map((v, i) => reversedBlocks(model, f, v, provenance, { everything, id: `view-${i + 1}` })),
    f.over.length > 1
      ? [
          heading("Over views"),
          ...f.over.map((o) =>
            say(
              `${viewText(o.view, o.label)}: ${marginText(o.margin, f.target, fineScale([o.margin.margin], f.target))}`,
              { indent: 2, hang: 4 },
            ),
          ),
        ]
      : [],
    [
      say(
        "Statements about a model with these settings, not a forecast. Errors are two standard errors, of sampling only.",
      ),
    ],
    [aside(provenanceText(provenance, f))],
  ]);
}

/** Under one view: the credences at which the verdict turns, one claim at a time, then two; the fewest that turn it; the unknowns. */
export function reversedBlocks(
  model: Model,
  f: FlipFindings,
  v: ViewFlips,
  provenance: Provenance,
  layout: CarriesLayout,
): readonly Block[] {
  const { found } = v;
  const scale = fineScale(
    [found.now.margin, ...found.claims.filter((c) => !c.thin).flatMap((c) => [c.off, c.on])],
    f.target,
  );
  const head = [heading(`Under ${viewText(v.view, v.label)}: ${marginText(found.now, f.target, scale)}`)];
  if (found.now.refusal !== null) return [...head, say(refusedText(found.now.refusal))];
  const look: Look = {
    caption: captionOf(provenance, f, v.view, runsText(v.table)),
    about: `“${bare(f.target.label)}”`,
    layout,
  };
  return inGroups([
    [...head, ...hangingTexts(v).map((t) => say(t))],
    claimBlocks(v, scale, look),
    [say(setText(v, f, scale)), ...pairBlocks(v, f, look)],
    unknownBlocks(model, v, f, scale, look),
    [aside(tableText(v.table))],
  ]);
}

interface Look {
  readonly caption: string;
  /** The conclusion in quotes. */
  readonly about: string;
  readonly layout: CarriesLayout;
}

/** A credence known no better than to this many, two errors either way, is not reported as a place. */
const clearest = 0.25;

function claimBlocks(v: ViewFlips, scale: Scale, { caption, about, layout }: Look): readonly Block[] {
  const { claims } = v.found;
  const crossing = claims.filter((c) => c.points.length > 0);
  const flipping = crossing.filter((c) => c.points.some((p) => sureness * p.se <= clearest));
  const names = (some: readonly ClaimFlip[]): string => listed(some.map((c) => c.claim));
  const doubtful = crossing.filter((c) => !flipping.includes(c));
  const others = claims.filter((c) => c.points.length === 0 && !c.thin);
  const shown = layout.everything ? others : others.slice(0, 5);
  const thin = claims.filter((c) => c.thin);
  const data = flipsOf(v);
  const inUnit = scale.unit === "" ? "" : `, ${scale.unit}`;
  const picture = {
    id: `reverses-${layout.id}`,
    title: "What would turn it, one claim at a time",
    subtitle: `${about}: how far one claim would have to be believed, in 100, all else as it is`,
    caption,
  };
  const table = {
    caption: `Where each claim turns the verdict, all else as it is, and the margin with it off and on, ± two standard errors${scale.unit === "" ? "" : `, in ${scale.unit}`}`,
    columns: ["Claim", "Turns at, in 100", `Off${inUnit}`, `On${inUnit}`],
    rows: [...flipping, ...shown].map((c) => [
      claimText(c.claim, v.claims),
      c.points.length === 0 ? "nowhere" : pointsText(c),
      withError(c.off, c.offError, scale),
      withError(c.on, c.onError, scale),
    ]),
  };
  const alone =
    flipping.length > 0
      ? `${plural(flipping.length, "claim")} can turn it alone.`
      : crossing.length === 0
        ? "No claim can turn it alone, however far it is believed."
        : "No claim is sure to turn it alone.";
  const rest = others.slice(shown.length);
  return [
    say(alone),
    ...(data === null || table.rows.length === 0
      ? []
      : [gap, pictureBlock(picture, (h, w) => flipStrips(data, h, w), table)]),
    ...(doubtful.length === 0
      ? []
      : [say(`May turn it somewhere, but the errors are too large to say where: ${names(doubtful)}.`)]),
    ...(rest.length === 0 ? [] : [say(`${plural(rest.length, "more claim")} cannot turn it alone: ${names(rest)}.`)]),
    ...(thin.length === 0
      ? []
      : [
          say(
            `Not known, because in too few of the patterns that were run these claims are true, or in too few false: ${names(thin)} (more --patterns, or a view that believes otherwise).`,
          ),
        ]),
  ];
}

function pointsText(c: ClaimFlip): string {
  return listed(
    c.points.map((p) => `${creditText(p.credence, p.se)} (holds ${p.holds} it${p.jumps ? "; it jumps there" : ""})`),
  );
}

/** How far a claim is believed, in 100. */
function creditText(credence: number, se: number): string {
  return `${grouped(100 * credence, 0)} ${slackText({ value: credence, se }, { by: 0.01, decimals: 0 })}`;
}

/** The fewest claims that turn it together. */
function setText(v: ViewFlips, f: FlipFindings, scale: Scale): string {
  const { set, untried } = v.found;
  const open =
    untried > 0
      ? ` ${plural(untried, "set")} could not be tried: too few of the patterns that were run have their claims so (more --patterns).`
      : "";
  if (set === null)
    return `No set that was tried turns it: claims that move it most, each made surely true or surely false.${open}`;
  const moves = listed(set.claims.map((c) => `${c.claim} ${c.to ? "true" : "false"}`));
  const how = set.smallest ? "The fewest that turn it" : "A set that turns it (there may be a smaller one)";
  return `${how}: ${moves}. Then ${marginText(set.margin, f.target, scale)}.${open}`;
}

function pairBlocks(v: ViewFlips, f: FlipFindings, { caption, about, layout }: Look): readonly Block[] {
  const alone = new Set(v.found.claims.filter((c) => c.points.length > 0).map((c) => c.claim));
  const pairs = v.found.pairs.filter((p) => !p.claims.some((c) => alone.has(c))).slice(0, 3);
  const data = mapOf(v, f.target.threshold);
  const picture = {
    id: `two-claims-${layout.id}`,
    title: "Two claims at once",
    subtitle: `${about} by how far both are believed, in 100, all else as it is; the mark is where they stand now`,
    caption,
  };
  return [
    ...pairs.map((p) => {
      const points = p.curve
        .filter((c) => c.second.length > 0)
        .map(
          (c) =>
            `${grouped(100 * c.first, 0)} and ${c.second.map((x, i) => creditText(x, c.errors[i] ?? Number.NaN)).join(" or ")}`,
        );
      return say(`${listed(p.claims)} together turn it where they are believed, in 100: ${points.join("; ")}.`);
    }),
    ...(data === null
      ? []
      : [{ ...pictureBlock(picture, (h, w) => twoWayMap(data, h, w), mapTable(data)), isOnlyDrawn: true }]),
  ];
}

function unknownBlocks(
  model: Model,
  v: ViewFlips,
  f: FlipFindings,
  scale: Scale,
  { caption, about, layout }: Look,
): readonly Block[] {
  if (v.unknowns === null) return [];
  const data = unknownsOf(model, v, f.target);
  const flipping = v.unknowns.filter((u) => u.at.length > 0);
  const shown = layout.everything ? flipping : flipping.slice(0, 8);
  const turns = (margin: number): boolean => margin >= f.target.threshold;
  const doubtful = v.unknowns.filter((u) => u.at.length === 0 && turns(u.range[0]) !== turns(u.range[1]));
  const none =
    doubtful.length === 0 ? "No unknown turns it alone within its range." : "No unknown is sure to turn it alone.";
  const picture = {
    id: `unknowns-${layout.id}`,
    title: "What nobody knows, from low to high",
    subtitle: `${about}: the margin to expect with each quantity at the low and the high end of 9 chances in 10`,
    caption,
  };
  return [
    ...(data === null ? [] : [pictureBlock(picture, (h, w) => tornado(data, h, w), tornadoTable(data))]),
    ...(flipping.length === 0
      ? [say(none)]
      : [
          say("Unknowns that turn it alone, within their range (9 chances in 10):"),
          {
            kind: "list" as const,
            items: [
              ...shown.map((u) => unknownText(model, u, scale)),
              ...(flipping.length > shown.length ? [`and ${flipping.length - shown.length} more.`] : []),
            ],
          },
        ]),
    ...(doubtful.length === 0
      ? []
      : [
          say(
            `May turn it towards an end of their range, but these runs are too few to be sure (more --unknowns). The margin is, for ${doubtful.map((u) => endsText(u, scale)).join("; ")}.`,
          ),
        ]),
  ];
}

function unknownText(model: Model, u: UnknownThreshold, scale: Scale): string {
  const declared = model.unknowns.find((x) => x.name === u.unknown);
  const own = scaleOf(
    u.at.flatMap((p) => [p.low, p.value, p.high]),
    { label: declared?.unit.label ?? "", factor: declared?.unit.factor ?? 1 },
  );
  const fine = scaleApart({ ...own, decimals: own.decimals + 1 }, ...u.at.map((p) => [p.low, p.high]));
  const points = u.at.map(
    (p) =>
      `${withSpan(p.value, p.low, p.high, fine)}${unitOf(fine)}, with ${grouped(100 * p.quantile, 0)} in 100 below it`,
  );
  return `${bare(declared?.label ?? u.unknown)} (${u.unknown}): turns at ${listed(points)}; the margin is ${endsOf(u, scale)}.`;
}

function endsText(u: UnknownThreshold, scale: Scale): string {
  return `${u.unknown}, ${endsOf(u, scale)}`;
}

/** The margin at both ends of an unknown's range. */
function endsOf(u: UnknownThreshold, scale: Scale): string {
  const [low, high] = u.range.map((margin, i) => withError(margin, u.rangeErrors[i] ?? Number.NaN, scale));
  return `${low} at its low end and ${high}${unitOf(scale)} at its high end`;
}
