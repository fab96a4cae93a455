/** Writes what `casus flip` found: where the verdict turns, by claim, pair, set, unknown and view. */

import type { FlipFindings, ViewFlips } from "#analysis/carries/explain.ts";
import type { ClaimFlip } from "#analysis/carries/flips.ts";
import { sureness } from "#analysis/verdicts/verdict.ts";
import type { Model } from "#model/model.ts";
import {
  claimText,
  fineScale,
  besideLines,
  marginText,
  refusedText,
  signedIn,
  tableText,
  uncountedText,
  unitOf,
  viewText,
} from "../words/explain-words.ts";
import { pad, printable, wrap } from "../render/lines.ts";
import { grouped, inScale, listed, scaleOf, type Scale } from "../words/numbers.ts";
import type { ExplainLayout } from "./explain-report.ts";
import { provenanceText, type Provenance } from "../words/provenance.ts";
import { bare } from "../words/words.ts";

export function flipReport(model: Model, f: FlipFindings, provenance: Provenance, options: ExplainLayout): string {
  const { width, palette } = options;
  const parts: (readonly string[])[] = [
    [
      ...(f.uncounted.length === 0 ? [] : wrap(uncountedText(f.uncounted), width).map(palette.unsure)),
      ...wrap(`What would reverse it: ${bare(f.target.label)}`, width).map(palette.strong),
      ...wrap(printable(f.target.text), width, "  ").map(palette.faint),
    ],
    ...f.flipped.map((v) => oneView(model, v, f, options)),
    ...(f.over.length > 1
      ? [
          [
            palette.strong("Over views"),
            ...f.over.flatMap((o) =>
              wrap(
                `${viewText(o.view, o.label)}: ${marginText(o.margin, f.target, fineScale([o.margin.margin], f.target))}`,
                width,
                "  ",
                "    ",
              ),
            ),
          ],
        ]
      : []),
    wrap(
      "Statements about a model with these settings, not a forecast. Errors are two standard errors, of sampling only.",
      width,
    ),
    wrap(provenanceText(provenance, f), width).map(palette.faint),
  ];
  return `${parts.map((p) => p.join("\n")).join("\n\n")}\n`;
}

function oneView(model: Model, v: ViewFlips, f: FlipFindings, options: ExplainLayout): readonly string[] {
  const { width, palette, everything } = options;
  const { found } = v;
  const scale = fineScale(
    [found.now.margin, ...found.claims.filter((c) => !c.thin).flatMap((c) => [c.off, c.on])],
    f.target,
  );
  const head = wrap(`Under ${viewText(v.view, v.label)}: ${marginText(found.now, f.target, scale)}`, width).map(
    palette.strong,
  );
  if (found.now.refusal !== null) return [...head, ...wrap(refusedText(found.now.refusal), width, "  ")];
  const crossing = found.claims.filter((c) => c.points.length > 0);
  const flipping = crossing.filter((c) => c.points.some((p) => sureness * p.se <= clearest));
  const doubtful = crossing.filter((c) => !flipping.includes(c));
  const others = found.claims.filter((c) => c.points.length === 0 && !c.thin);
  const thin = found.claims.filter((c) => c.thin);
  const told = everything ? others : others.slice(0, 5);
  return [
    ...head,
    ...besideLines(v, width),
    "",
    ...(flipping.length === 0
      ? wrap(
          crossing.length === 0
            ? "No claim can flip it alone, whatever its credence."
            : "No claim is sure to flip it alone.",
          width,
          "  ",
        ).map(palette.strong)
      : [palette.strong("  One claim alone flips it")]),
    ...flipping.flatMap((c) => flipLines(c, v, scale, width)),
    ...(doubtful.length > 0
      ? wrap(
          `May turn it somewhere, but what they do is too near the error to say where: ${listed(doubtful.map((c) => c.claim))}.`,
          width,
          "    ",
        )
      : []),
    ...(told.length > 0 ? ["", palette.strong("  Cannot flip it alone (margin with it off, and on)")] : []),
    ...told.flatMap((c) => {
      const range = pad(`${signedIn(c.off, scale)} … ${signedIn(c.on, scale)}`, 17, "right");
      return wrap(claimText(c.claim, v.claims), width, `    ${range}  `, " ".repeat(23));
    }),
    ...(others.length > told.length
      ? wrap(
          `and ${others.length - told.length} more: ${listed(others.slice(told.length).map((c) => c.claim))}.`,
          width,
          "    ",
        )
      : []),
    ...(thin.length > 0
      ? wrap(
          `Not told, since too few of the patterns run have them so: ${listed(thin.map((c) => c.claim))} (more --patterns, or a view that believes otherwise).`,
          width,
          "    ",
        )
      : []),
    ...setLines(v, f, scale, width),
    ...pairLines(v, width),
    ...unknownLines(model, v, scale, options),
    ...wrap(tableText(v.table), width, "  ").map(palette.faint),
  ];
}

/** A credence known no better than to this many, two errors either way, is not told as a place. */
const clearest = 0.25;

function flipLines(c: ClaimFlip, v: ViewFlips, scale: Scale, width: number): readonly string[] {
  const points = c.points.map(
    (p) =>
      `${grouped(100 * p.credence, 0)} % ±${grouped(200 * p.se, 0)} (holds ${p.holds} it${p.jumps ? "; it jumps there" : ""})`,
  );
  const many = points.length > 1 ? " It turns more than once." : "";
  const text = `turns at ${listed(points)}; margin ${signedIn(c.off, scale)} off, ${signedIn(c.on, scale)}${unitOf(scale)} on.${many}`;
  return [...wrap(claimText(c.claim, v.claims), width, "    "), ...wrap(text, width, "      ")];
}

function setLines(v: ViewFlips, f: FlipFindings, scale: Scale, width: number): readonly string[] {
  const { set, untried } = v.found;
  const open =
    untried > 0
      ? ` ${untried} sets could not be tried: too few of the patterns run have them so (more --patterns).`
      : "";
  if (set === null)
    return [
      "",
      ...wrap(
        `No set tried among the claims that move it most flips it, each made surely true or surely false.${open}`,
        width,
        "  ",
      ),
    ];
  if (set.claims.length === 1) return [];
  const moves = listed(set.claims.map((c) => `${c.claim} ${c.to ? "true" : "false"}`));
  const how = set.smallest ? "The smallest set that flips it" : "A set that flips it (a smaller one there may be)";
  return ["", ...wrap(`${how}: ${moves}. Then ${marginText(set.margin, f.target, scale)}.${open}`, width, "  ")];
}

function pairLines(v: ViewFlips, width: number): readonly string[] {
  const alone = new Set(v.found.claims.filter((c) => c.points.length > 0).map((c) => c.claim));
  const pairs = v.found.pairs.filter((p) => !p.claims.some((c) => alone.has(c))).slice(0, 3);
  if (pairs.length === 0) return [];
  return [
    "",
    ...pairs.flatMap((p) => {
      const points = p.curve
        .filter((c) => c.second.length > 0)
        .map((c) => `${grouped(100 * c.first, 0)} %: ${listed(c.second.map((x) => `${grouped(100 * x, 0)} %`))}`);
      return wrap(
        `Together: with ${p.claims[0]} at each of these, it turns at ${p.claims[1]} at: ${points.join("; ")}.`,
        width,
        "  ",
        "    ",
      );
    }),
  ];
}

function unknownLines(model: Model, v: ViewFlips, scale: Scale, options: ExplainLayout): readonly string[] {
  const { width, palette, everything } = options;
  if (v.unknowns === null) return [];
  const flipping = v.unknowns.filter((u) => u.at.length > 0);
  const told = everything ? flipping : flipping.slice(0, 8);
  const head = palette.strong("  Unknowns that flip it alone, within their range");
  if (flipping.length === 0) return ["", ...wrap("No unknown flips it alone within its range.", width, "  ")];
  return [
    "",
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
      return wrap(
        `${printable(u.unknown)}: ${bare(declared?.label ?? u.unknown)}: turns at ${listed(points)}; margin ${signedIn(u.range[0], scale)} at its 5 % point, ${signedIn(u.range[1], scale)} at its 95 %.`,
        width,
        "    ",
        "      ",
      );
    }),
    ...(flipping.length > told.length ? wrap(`and ${flipping.length - told.length} more (--all).`, width, "    ") : []),
  ];
}
