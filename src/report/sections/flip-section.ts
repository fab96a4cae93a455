/** The section on what would reverse a conclusion: where the verdict turns, by claim, pair, set, unknown and view. */

import { aside, gap, heading, inGroups, say, type Block } from "./blocks.ts";
import type { FlipFindings, ViewFlips } from "#analysis/carries/explain.ts";
import type { ClaimFlip } from "#analysis/carries/flips.ts";
import { sureness } from "#analysis/verdicts/verdict.ts";
import type { Model } from "#model/model.ts";
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
} from "../words/explain-words.ts";
import { pad } from "../render/lines.ts";
import { grouped, inScale, listed, scaleOf, type Scale } from "../words/numbers.ts";
import type { ExplainLayout } from "./explain-section.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare } from "../words/words.ts";

export function flipBlocks(
  model: Model,
  f: FlipFindings,
  provenance: Provenance,
  options: ExplainLayout,
): readonly Block[] {
  const parts: (readonly Block[])[] = [
    [
      ...(f.uncounted.length === 0 ? [] : [say(uncountedText(f.uncounted), { tone: "unsure" })]),
      heading(`What would reverse it: ${bare(f.target.label)}`),
      aside(f.target.text, { indent: 2 }),
    ],
    ...f.flipped.map((v) => oneView(model, v, f, options)),
    ...(f.over.length > 1
      ? [
          [
            heading("Over views"),
            ...f.over.map((o) =>
              say(
                `${viewText(o.view, o.label)}: ${marginText(o.margin, f.target, fineScale([o.margin.margin], f.target))}`,
                { indent: 2, hang: 4 },
              ),
            ),
          ],
        ]
      : []),
    [
      say(
        "Statements about a model with these settings, not a forecast. Errors are two standard errors, of sampling only.",
      ),
    ],
    [aside(provenanceText(provenance, f))],
  ];
  return inGroups(parts);
}

function oneView(model: Model, v: ViewFlips, f: FlipFindings, options: ExplainLayout): readonly Block[] {
  const { everything } = options;
  const { found } = v;
  const scale = fineScale(
    [found.now.margin, ...found.claims.filter((c) => !c.thin).flatMap((c) => [c.off, c.on])],
    f.target,
  );
  const head = [heading(`Under ${viewText(v.view, v.label)}: ${marginText(found.now, f.target, scale)}`)];
  if (found.now.refusal !== null) return [...head, say(refusedText(found.now.refusal), { indent: 2 })];
  const crossing = found.claims.filter((c) => c.points.length > 0);
  const flipping = crossing.filter((c) => c.points.some((p) => sureness * p.se <= clearest));
  const doubtful = crossing.filter((c) => !flipping.includes(c));
  const others = found.claims.filter((c) => c.points.length === 0 && !c.thin);
  const thin = found.claims.filter((c) => c.thin);
  const told = everything ? others : others.slice(0, 5);
  return [
    ...head,
    ...hangingTexts(v).map((t) => say(t, { indent: 2 })),
    gap,
    ...(flipping.length === 0
      ? [
          heading(
            crossing.length === 0
              ? "No claim can flip it alone, whatever its credence."
              : "No claim is sure to flip it alone.",
            2,
          ),
        ]
      : [heading("One claim alone flips it", 2)]),
    ...flipping.flatMap((c) => flipLines(c, v, scale)),
    ...(doubtful.length > 0
      ? [
          say(
            `May turn it somewhere, but what they do is too near the error to say where: ${listed(doubtful.map((c) => c.claim))}.`,
            { indent: 4 },
          ),
        ]
      : []),
    ...(told.length > 0 ? [gap, heading("Cannot flip it alone (margin with it off, and on)", 2)] : []),
    ...told.flatMap((c) => {
      const range = pad(`${signedIn(c.off, scale)} … ${signedIn(c.on, scale)}`, 17, "right");
      return [say(claimText(c.claim, v.claims), { indent: 4, lead: `${range}  `, hang: 23 })];
    }),
    ...(others.length > told.length
      ? [
          say(`and ${others.length - told.length} more: ${listed(others.slice(told.length).map((c) => c.claim))}.`, {
            indent: 4,
          }),
        ]
      : []),
    ...(thin.length > 0
      ? [
          say(
            `Not told, since too few of the patterns run have them so: ${listed(thin.map((c) => c.claim))} (more --patterns, or a view that believes otherwise).`,
            { indent: 4 },
          ),
        ]
      : []),
    ...setLines(v, f, scale),
    ...pairLines(v),
    ...unknownLines(model, v, scale, options),
    aside(tableText(v.table), { indent: 2 }),
  ];
}

/** A credence known no better than to this many, two errors either way, is not reported as a place. */
const clearest = 0.25;

function flipLines(c: ClaimFlip, v: ViewFlips, scale: Scale): readonly Block[] {
  const points = c.points.map(
    (p) =>
      `${grouped(100 * p.credence, 0)} % ±${grouped(200 * p.se, 0)} (holds ${p.holds} it${p.jumps ? "; it jumps there" : ""})`,
  );
  const many = points.length > 1 ? " It turns more than once." : "";
  const text = `turns at ${listed(points)}; margin ${signedIn(c.off, scale)} off, ${signedIn(c.on, scale)}${unitOf(scale)} on.${many}`;
  return [say(claimText(c.claim, v.claims), { indent: 4 }), say(text, { indent: 6 })];
}

function setLines(v: ViewFlips, f: FlipFindings, scale: Scale): readonly Block[] {
  const { set, untried } = v.found;
  const open =
    untried > 0
      ? ` ${untried} sets could not be tried: too few of the patterns run have them so (more --patterns).`
      : "";
  if (set === null)
    return [
      gap,
      say(`No set tried among the claims that move it most flips it, each made surely true or surely false.${open}`, {
        indent: 2,
      }),
    ];
  if (set.claims.length === 1) return [];
  const moves = listed(set.claims.map((c) => `${c.claim} ${c.to ? "true" : "false"}`));
  const how = set.smallest ? "The smallest set that flips it" : "A set that flips it (a smaller one there may be)";
  return [gap, say(`${how}: ${moves}. Then ${marginText(set.margin, f.target, scale)}.${open}`, { indent: 2 })];
}

function pairLines(v: ViewFlips): readonly Block[] {
  const alone = new Set(v.found.claims.filter((c) => c.points.length > 0).map((c) => c.claim));
  const pairs = v.found.pairs.filter((p) => !p.claims.some((c) => alone.has(c))).slice(0, 3);
  if (pairs.length === 0) return [];
  return [
    gap,
    ...pairs.flatMap((p) => {
      const points = p.curve
        .filter((c) => c.second.length > 0)
        .map((c) => `${grouped(100 * c.first, 0)} %: ${listed(c.second.map((x) => `${grouped(100 * x, 0)} %`))}`);
      return [
        say(`Together: with ${p.claims[0]} at each of these, it turns at ${p.claims[1]} at: ${points.join("; ")}.`, {
          indent: 2,
          hang: 4,
        }),
      ];
    }),
  ];
}

function unknownLines(model: Model, v: ViewFlips, scale: Scale, options: ExplainLayout): readonly Block[] {
  const { everything } = options;
  if (v.unknowns === null) return [];
  const flipping = v.unknowns.filter((u) => u.at.length > 0);
  const told = everything ? flipping : flipping.slice(0, 8);
  const head = heading("Unknowns that flip it alone, within their range", 2);
  if (flipping.length === 0) return [gap, say("No unknown flips it alone within its range.", { indent: 2 })];
  return [
    gap,
    head,
    ...told.flatMap((u) => {
      const declared = model.unknowns.find((x) => x.name === u.unknown);
      const unit = { label: declared?.unit.label ?? "", factor: declared?.unit.factor ?? 1 };
      const own = scaleOf(
        u.at.flatMap((p) => [p.low, p.value, p.high]),
        unit,
      );
      const fine = { ...own, decimals: own.decimals + 1 };
      const points = u.at.map(
        (p) =>
          `${inScale(p.value, fine)} (${inScale(p.low, fine)} to ${inScale(p.high, fine)})${unitOf(fine)}, its ${grouped(100 * p.quantile, 0)} % point`,
      );
      return [
        say(
          `${u.unknown}: ${bare(declared?.label ?? u.unknown)}: turns at ${listed(points)}; margin ${signedIn(u.range[0], scale)} at its 5 % point, ${signedIn(u.range[1], scale)} at its 95 %.`,
          { indent: 4, hang: 6 },
        ),
      ];
    }),
    ...(flipping.length > told.length
      ? [say(`and ${flipping.length - told.length} more (--all).`, { indent: 4 })]
      : []),
  ];
}
