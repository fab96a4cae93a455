/** The section on what carries a conclusion: the margin, what each claim contributes, what pairs add, and which unknowns matter. */

import { aside, heading, inGroups, say, type Block } from "./blocks.ts";
import type { ExplainGame } from "#analysis/carries/attribution.ts";
import type { ExplainFindings, UnknownsFinding, ViewExplained } from "#analysis/carries/explain.ts";
import { sureness } from "#analysis/verdicts/verdict.ts";
import { contributionBars } from "../charts/contribution-bars.ts";
import { waterfall, waterfallTable } from "../charts/waterfall.ts";
import { contributionsOf } from "./explain-figures.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import {
  claimText,
  fineScale,
  marginText,
  refusedText,
  runsText,
  signedIn,
  tableText,
  uncountedText,
  unitOf,
  viewText,
  withError,
} from "../words/explain-words.ts";
import { grouped, inScale, listed, plural, slackText, type Scale } from "../words/numbers.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare, hangingTexts, spaced } from "../words/words.ts";

/** How much of a finding is shown, and under which id its pictures are. */
export interface CarriesLayout {
  /** Every claim and unknown, not only those that weigh. */
  readonly everything: boolean;
  /** Of letters, digits and hyphens; one of a kind in a report. */
  readonly id: string;
}

/** With its title and where it comes from, every view in full. */
export function explainBlocks(
  f: ExplainFindings,
  provenance: Provenance,
  { everything }: Pick<CarriesLayout, "everything">,
): readonly Block[] {
  return inGroups([
    titleBlocks("What carries it", f),
    ...f.explained.map((e, i) => carriedBlocks(f, e, provenance, { everything, id: `view-${i + 1}` })),
    apartBlocks(f.apart),
    f.target.givenIsInside
      ? [
          say(
            "Caution: a condition after '|' selects the runs in which it happened. It does not say what would follow if somebody made it happen.",
          ),
        ]
      : [],
    [
      say(
        "Statements about a model with these settings, not a forecast. Errors are two standard errors, of sampling only: the form of the model is not in them.",
      ),
    ],
    [aside(provenanceText(provenance, f))],
  ]);
}

/** The conclusion in words and as it is written, after what has been seen and is not counted. */
export function titleBlocks(
  title: string,
  { uncounted, target }: Pick<ExplainFindings, "uncounted" | "target">,
): readonly Block[] {
  return [
    ...(uncounted.length === 0 ? [] : [say(uncountedText(uncounted), { tone: "unsure" })]),
    heading(`${title}: ${bare(target.label)}`),
    aside(target.text, { indent: 2 }),
  ];
}

/** Under one view: the margin, what each claim contributes to it, what pairs add, and which unknowns matter. */
export function carriedBlocks(
  f: ExplainFindings,
  e: ViewExplained,
  provenance: Provenance,
  layout: CarriesLayout,
): readonly Block[] {
  const isVariance = f.game === "variance";
  const found = isVariance ? inPercent(e.found) : e.found;
  const own = isVariance ? [] : found.shares.map((s) => s.share);
  const plain = fineScale([found.all.margin, found.none.margin, ...own], f.target);
  const scale = isVariance ? percentScale : plain;
  const head = [heading(`Under ${viewText(e.view, e.label)}: ${marginText(found.all, f.target, plain)}`)];
  if (found.refusal !== null) return [...head, say(refusedText(found.refusal))];
  return inGroups([
    [...head, ...hangingTexts(e).map((t) => say(t)), say(`${startText(f.game, e.found, plain)} ${gameText(f.game)}`)],
    pictureBlocks(f, e, provenance, layout.id, { shares: found.shares, scale, everything: layout.everything }),
    restBlocks(found, scale, layout.everything),
    helperBlocks(f, e),
    pairBlocks(found.pairs, scale),
    unknownBlocks(e.unknowns, plain, layout.everything),
    [aside(tableText(e.table, found.method === "fit"))],
  ]);
}

type Share = ViewExplained["found"]["shares"][number];

const weighs = (s: Share): boolean => Math.abs(s.share) > sureness * s.se;

/** Those that weigh, and the five largest whether they do or not. */
function shown(shares: readonly Share[], everything: boolean): readonly Share[] {
  return everything ? shares : shares.filter((s, i) => i < 5 || weighs(s));
}

function pictureBlocks(
  f: ExplainFindings,
  e: ViewExplained,
  provenance: Provenance,
  id: string,
  {
    shares,
    scale,
    everything,
  }: { readonly shares: readonly Share[]; readonly scale: Scale; readonly everything: boolean },
): readonly Block[] {
  const data = contributionsOf(f.target, e);
  if (data === null) return [];
  const told = shown(shares, everything);
  const head = {
    title: "What each claim contributes",
    subtitle: `“${bare(f.target.label)}”: what each claim contributes to the margin, in this model`,
    caption: captionOf(provenance, f, e.view, runsText(e.table)),
  };
  const table = {
    caption: `What each claim contributes, ± two standard errors${scale.unit === "" ? "" : `, in ${scale.unit}`}; and its place by size, a range where the errors leave it open`,
    columns: ["Claim", `Contributes${scale.unit === "" ? "" : `, ${scale.unit}`}`, "Place"],
    rows: told.map((s) => [
      claimText(s.claim, e.claims),
      withError(s.share, s.se, scale),
      s.rank[0] === s.rank[1] ? `${s.rank[0]}` : `${s.rank[0]}–${s.rank[1]}`,
    ]),
  };
  const steps = pictureBlock(
    { ...head, id: `steps-${id}`, title: "From every claim off to as believed" },
    (h, w) => waterfall(data, h, w),
    waterfallTable(data),
  );
  return [
    {
      ...pictureBlock({ ...head, id: `carries-${id}` }, (h, w) => contributionBars(data, h, w), table),
      bars: told.map((s) => s.share),
      toneOf: (row, column) => {
        const s = column === 1 ? told[row] : undefined;
        return s === undefined ? undefined : !weighs(s) ? "faint" : s.share > 0 ? "good" : "bad";
      },
    },
    { kind: "disclosure", title: "The same, step by step", blocks: [{ ...steps, isOnlyDrawn: true }] },
  ];
}

/** The claims that are not in the picture, and those that work against the conclusion they are meant for. */
function restBlocks(found: ViewExplained["found"], scale: Scale, everything: boolean): readonly Block[] {
  const told = shown(found.shares, everything);
  const hidden = found.shares.filter((s) => !told.includes(s)).map((s) => s.claim);
  const wrongWay = found.game === "variance" ? [] : found.shares.filter((s) => s.share < -sureness * s.se);
  const sum = wrongWay.reduce((t, s) => t + s.share, 0);
  const texts = [
    ...(wrongWay.length === 0
      ? []
      : [
          `Working against it: ${listed(wrongWay.map((s) => s.claim))}, ${signedIn(sum, scale)}${unitOf(scale)} together.`,
        ]),
    ...(hidden.length === 0
      ? []
      : [
          `${plural(hidden.length, "more claim")}, ${hidden.length === 1 ? "with no" : "none with"} more than its error: ${listed(hidden)}.`,
        ]),
    ...(found.idle.length === 0 ? [] : [`No effect at all under this view: ${listed(found.idle)}.`]),
  ];
  return texts.map((t) => say(t));
}

/** Claims of another side than the conclusion's own that work for it: what their side says against it says something else too. */
function helperBlocks({ game, ownSides }: ExplainFindings, { claims, found }: ViewExplained): readonly Block[] {
  if (game === "variance" || ownSides.length === 0) return [];
  const helping = found.shares.filter((s) => s.share > sureness * s.se).map((s) => s.claim);
  const others = claims.filter((c) => c.side !== null && !ownSides.includes(c.side) && helping.includes(c.name));
  return [...new Set(others.map((c) => c.side))].map((side) => {
    const names = others.filter((c) => c.side === side).map((c) => c.name);
    const [are, theyWork] = names.length === 1 ? ["is", "it works"] : ["are", "they work"];
    return say(`${listed(names)} ${are} of the side '${bare(side ?? "")}', yet ${theyWork} for this conclusion.`);
  });
}

/** Claims that have nothing to do with it, by name: those that the conclusion names are worth a look. */
function apartBlocks(apart: ExplainFindings["apart"]): readonly Block[] {
  const named = apart.filter((c) => c.isNamed).map((c) => c.claim);
  const others = apart.filter((c) => !c.isNamed).map((c) => c.claim);
  const rest = others.length - mostListed;
  const texts = [
    ...(named.length === 0
      ? []
      : [
          `The conclusion says that it follows from ${listed(named)}, but nothing that it is worked out from reads ${named.length === 1 ? "this claim" : "these claims"}.`,
        ]),
    ...(others.length === 0
      ? []
      : [
          `${others.length === 1 ? "A claim" : "Claims"} that ${others.length === 1 ? "has" : "have"} nothing to do with it: ${rest > 0 ? `${others.slice(0, mostListed).join(", ")} and ${rest} more` : listed(others)}.`,
        ]),
  ];
  return texts.map((t) => say(t));
}

const mostListed = 12;

const percentScale: Scale = { by: 0.01, unit: "per cent", decimals: 1 };

/** Shares of a variance are told as parts of it. */
function inPercent(found: ViewExplained["found"]): ViewExplained["found"] {
  const of = found.explained > 0 ? found.explained : Number.NaN;
  return {
    ...found,
    shares: found.shares.map((s) => ({ ...s, share: s.share / of, se: s.se / of })),
    pairs: found.pairs.map((p) => ({ ...p, interaction: p.interaction / of, se: p.se / of })),
  };
}

function startText(game: ExplainGame, found: ViewExplained["found"], scale: Scale): string {
  const none = `${withError(found.none.margin, found.none.se, scale)}${unitOf(scale)}`;
  switch (game) {
    case "removal":
      return `With every claim off, the margin is ${none}.`;
    case "assertion":
      return `As the view believes, the margin is ${none}.`;
    case "variance":
      // The shares add up to the variance, and its error is at most the sum of theirs.
      return `Not knowing which claims are true spreads the margin by ${deviationText(
        Math.max(0, found.explained),
        found.shares.reduce((sum, s) => sum + s.se, 0),
        scale,
      )}${unitOf(scale)} (standard deviation).`;
  }
}

/** The root of a variance, with the error that the variance's own makes of it: s ÷ 2√v. */
function deviationText(variance: number, error: number, scale: Scale): string {
  const value = Math.sqrt(variance);
  return `${inScale(value, scale)} ${slackText({ value, se: value > 0 ? error / (2 * value) : error }, scale)}`;
}

function gameText(game: ExplainGame): string {
  switch (game) {
    case "removal":
      return "A claim contributes what its removal takes from the margin, averaged over every order in which the claims can be removed. Claims that are not removed are believed as before; what depends on a removed one is drawn anew.";
    case "assertion":
      return "A claim contributes what asserting it adds to the margin, averaged over every order in which the claims can be asserted. Claims that are not asserted are believed as before.";
    case "variance":
      return "A claim answers for the part of that variance, in per cent, that goes once it is known whether the claim is true, averaged over every order in which the claims can become known.";
  }
}

/** The pairs of claims that do more or less together than apart. */
function pairBlocks(all: ViewExplained["found"]["pairs"], scale: Scale): readonly Block[] {
  const pairs = all.filter((p) => Math.abs(p.interaction) > sureness * p.se).slice(0, 8);
  if (pairs.length === 0) return [say("No pair of claims stands out as doing more, or less, together than apart.")];
  return [
    {
      kind: "table",
      table: {
        caption: `Pairs of claims that do more (+) or less (−) together than apart, in ${scale.unit === "" ? "the margin" : scale.unit}, ± two standard errors`,
        columns: ["Claims", "More or less"],
        rows: pairs.map((p) => [listed(p.claims), withError(p.interaction, p.se, scale)]),
      },
      indent: 2,
    },
  ];
}

function unknownBlocks(u: UnknownsFinding | null, scale: Scale, everything: boolean): readonly Block[] {
  if (u === null) return [];
  const { sobol } = u;
  if (!(sobol.variance > sureness * sobol.varianceError))
    return [say("The unknowns: too few runs to tell their effect from the errors.")];
  const spread = deviationText(sobol.variance, sobol.varianceError, scale);
  const said = `With luck and claims averaged out, what nobody knows spreads the margin by ${spread}${unitOf(scale)} (standard deviation, from ${plural(u.worlds, "run")}).`;
  const told = sobol.indices
    .toSorted((a, b) => b.total - a.total)
    .filter((x, i) => everything || (i < 10 && x.total > sureness * x.totalError));
  if (told.length === 0) return [say(`${said} No single unknown stands out from its error.`)];
  const percent = (share: number, error: number): string =>
    `${grouped(100 * share, 0)} ${slackText({ value: share, se: error }, { by: 0.01, decimals: 0 })}`;
  return [
    say(said),
    {
      kind: "table",
      table: {
        caption:
          "Of that variance, in 100: what goes if this alone is known, and what stays if everything but this is known",
        columns: ["Quantity", "Goes, if known", "Stays, if all else is known"],
        rows: told.map((x) => [
          listed(x.unknowns.map(spaced)),
          percent(x.first, x.firstError),
          percent(x.total, x.totalError),
        ]),
      },
      indent: 2,
    },
  ];
}
