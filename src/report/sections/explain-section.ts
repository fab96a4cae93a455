/** The section on what carries a conclusion: the margin, what each claim contributes, what pairs add, and which unknowns matter. */

import { aside, gap, heading, inGroups, say, type Block } from "./blocks.ts";
import type { ExplainGame } from "#analysis/carries/attribution.ts";
import type { ExplainFindings, UnknownsFinding, ViewExplained } from "#analysis/carries/explain.ts";
import { sureness } from "#analysis/verdicts/verdict.ts";
import {
  claimText,
  fineScale,
  hangingTexts,
  marginText,
  refusedText,
  signedIn,
  tableText,
  uncountedText,
  unitOf,
  viewText,
  withError,
} from "../words/explain-words.ts";
import { pad } from "../render/lines.ts";
import { grouped, listed, type Scale } from "../words/numbers.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare } from "../words/words.ts";

export interface ExplainLayout {
  /** Tell every claim and unknown, not only those that weigh. */
  readonly everything: boolean;
}

export function explainBlocks(f: ExplainFindings, provenance: Provenance, options: ExplainLayout): readonly Block[] {
  const parts: (readonly Block[])[] = [
    [
      ...(f.uncounted.length === 0 ? [] : [say(uncountedText(f.uncounted), { tone: "unsure" })]),
      heading(`What carries it: ${bare(f.target.label)}`),
      aside(f.target.text, { indent: 2 }),
    ],
    ...f.explained.map((e) => oneView(e, f, options)),
    ...(f.target.givenIsInside
      ? [
          [
            say(
              "Caution: a condition after '|' picks out the runs that came to it; it does not say what bringing it about would do.",
            ),
          ],
        ]
      : []),
    [
      say(
        "Statements about a model with these settings, not a forecast. Errors are two standard errors, of sampling only: the form of the model is not in them.",
      ),
    ],
    [aside(provenanceText(provenance, f))],
  ];
  return inGroups(parts);
}

function oneView(e: ViewExplained, f: ExplainFindings, options: ExplainLayout): readonly Block[] {
  const { everything } = options;
  const isVariance = f.game === "variance";
  const found = isVariance ? inPercent(e.found) : e.found;
  const own = isVariance ? [] : found.shares.map((s) => s.share);
  const plain = fineScale([found.all.margin, found.none.margin, ...own], f.target);
  const scale = isVariance ? percentScale : plain;
  const head = [heading(`Under ${viewText(e.view, e.label)}: ${marginText(found.all, f.target, plain)}`)];
  if (found.refusal !== null) return [...head, say(refusedText(found.refusal))];
  const told = everything ? found.shares : found.shares.filter((s, i) => i < 5 || Math.abs(s.share) > sureness * s.se);
  const hidden = found.shares.length - told.length;
  const longest = Math.max(...found.shares.map((s) => Math.abs(s.share)), 1e-300);
  return [
    ...head,
    ...hangingTexts(e).map((t) => say(t, { indent: 2 })),
    say(`${startText(f.game, e.found, plain)} ${gameText(f.game)}`, { indent: 2 }),
    gap,
    ...told.flatMap((s) => shareLines(s, e, scale, longest)),
    ...(hidden > 0
      ? [
          say(
            `${hidden} more claims each contribute no more than their error (--all tells them): ${listed(
              found.shares
                .slice()
                .filter((s) => !told.includes(s))
                .map((s) => s.claim),
            )}.`,
            { indent: 2 },
          ),
        ]
      : []),
    ...(found.idle.length > 0 ? [say(`No say at all under this view: ${listed(found.idle)}.`, { indent: 2 })] : []),
    ...(isVariance ? [] : against(found.shares, scale)),
    ...pairLines(found.pairs, scale),
    ...unknownLines(e.unknowns, plain, options),
    aside(tableText(e.table, found.method === "fit"), { indent: 2 }),
  ];
}

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
      return `With every claim off it is ${none}.`;
    case "assertion":
      return `As the view believes it is ${none}.`;
    case "variance":
      return `Not knowing which claims are true spreads it by ${signedIn(Math.sqrt(Math.max(0, found.explained)), scale).replace("+", "")}${unitOf(scale)} (standard deviation).`;
  }
}

function gameText(game: ExplainGame): string {
  switch (game) {
    case "removal":
      return "What each claim contributes is the mean of what its removal takes away, over every order in which claims may be removed; a claim not removed stands at its credence, and what hangs on a removed one is drawn anew.";
    case "assertion":
      return "What each claim contributes is the mean of what asserting it adds, over every order in which claims may be asserted; one not asserted stands at its credence.";
    case "variance":
      return "What each claim answers for, in per cent of that variance, is the mean of what knowing whether it is true takes away, over every order in which claims may come to be known.";
  }
}

function shareLines(
  s: ViewExplained["found"]["shares"][number],
  e: ViewExplained,
  scale: Scale,
  longest: number,
): readonly Block[] {
  const bar = "█".repeat(Math.round((12 * Math.abs(s.share)) / longest));
  const rank = s.rank[0] === s.rank[1] ? `${s.rank[0]}` : `${s.rank[0]}–${s.rank[1]}`;
  const lead = `${pad(withError(s.share, s.se, scale), 13, "right")} ${pad(bar, 12)} ${pad(rank, 5, "right")}  `;
  const tone = Math.abs(s.share) <= sureness * s.se ? "faint" : s.share > 0 ? "good" : "bad";
  return [say(claimText(s.claim, e.claims), { indent: 2, lead, leadTone: tone })];
}

/** Claims that work against the conclusion they are meant for are what readers most want to know. */
function against(shares: ViewExplained["found"]["shares"], scale: Scale): readonly Block[] {
  const wrongWay = shares.filter((s) => s.share < -sureness * s.se);
  if (wrongWay.length === 0) return [];
  const sum = wrongWay.reduce((t, s) => t + s.share, 0);
  return [
    say(`Working against it: ${listed(wrongWay.map((s) => s.claim))}, ${signedIn(sum, scale)} together.`, {
      indent: 2,
    }),
  ];
}

function pairLines(all: ViewExplained["found"]["pairs"], scale: Scale): readonly Block[] {
  const pairs = all.filter((p) => Math.abs(p.interaction) > sureness * p.se).slice(0, 5);
  if (pairs.length === 0) return [];
  const told = pairs.map((p) => `${p.claims.join(" with ")} ${withError(p.interaction, p.se, scale)}`);
  return [say(`Together beyond their parts: ${told.join("; ")}.`, { indent: 2 })];
}

function unknownLines(u: UnknownsFinding | null, scale: Scale, options: ExplainLayout): readonly Block[] {
  if (u === null) return [];
  const { sobol } = u;
  if (!(sobol.variance > sureness * sobol.varianceError))
    return [
      say("Of the unknowns: what they do to it is lost in sampling at this number of worlds (--unknowns).", {
        indent: 2,
      }),
    ];
  const spread = Math.sqrt(sobol.variance);
  const sorted = sobol.indices.toSorted((a, b) => b.total - a.total);
  const told = sorted.filter((x, i) => options.everything || (i < 8 && x.total > sureness * x.totalError));
  const lines = told.map(
    (x) =>
      `${listed(x.unknowns)}: alone ${percent(x.first)} ±${percent(sureness * x.firstError)}, with all it joins in ${percent(x.total)} ±${percent(sureness * x.totalError)}`,
  );
  return [
    gap,
    heading(
      `Unknowns: with luck and claims averaged out, what is not known spreads it by ${signedIn(spread, scale).replace("+", "")}${unitOf(scale)} (standard deviation). Of that variance, in per cent (${u.worlds} worlds):`,
      2,
    ),
    ...lines.map((l) => say(l, { indent: 4, hang: 6 })),
    ...(told.length === 0 ? [say("no single one stands out from its error.", { indent: 4 })] : []),
  ];
}

function percent(share: number): string {
  return grouped(100 * share, 0);
}
