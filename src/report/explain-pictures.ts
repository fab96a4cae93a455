/** What carries a conclusion and what would reverse it in; their pictures' data out, for the page and the report alike. */

import type { ViewExplained, ViewFlips, ExplainFindings } from "#analysis/explain.ts";
import { judge, sureness, type Verdict } from "#analysis/verdict.ts";
import type { ContributionData } from "./charts/contribution-bars.ts";
import type { FlipData } from "./charts/flip-strips.ts";
import type { MapData } from "./charts/two-way-map.ts";
import { grouped } from "./numbers.ts";
import { bare } from "./words.ts";

/** A margin of chances is told in points of 100 runs. */
function unitOf(target: Pick<ExplainFindings["target"], "unit">): ContributionData["unit"] {
  return target.unit.label === "share" ? { label: "points", factor: 0.01 } : target.unit;
}

/** The `most` largest contributions; the rest, where there is any, as one. */
export function contributionsOf(
  target: Pick<ExplainFindings["target"], "unit">,
  { found, claims }: Pick<ViewExplained, "found" | "claims">,
  most = 14,
): ContributionData | null {
  if (found.refusal !== null || found.shares.length === 0) return null;
  const label = (name: string): string => bare(claims.find((c) => c.name === name)?.label ?? "");
  // Shares of a variance are drawn as parts of it.
  const isVariance = found.game === "variance";
  const by = isVariance ? found.explained : 1;
  const shares = found.shares.map((s) => ({ ...s, share: s.share / by, se: s.se / by }));
  const rest = shares.slice(most);
  const told = shares.slice(0, most).map((s) => ({ name: s.claim, label: label(s.claim), value: s.share, se: s.se }));
  const others =
    rest.length === 0
      ? []
      : [
          {
            name: "",
            label: `${rest.length} other claims together`,
            value: rest.reduce((sum, s) => sum + s.share, 0),
            se: null,
          },
        ];
  const drawn = [...told, ...others];
  return isVariance
    ? { unit: { label: "per cent of the variance", factor: 0.01 }, baseline: 0, total: 1, claims: drawn }
    : { unit: unitOf(target), baseline: found.none.margin, total: found.all.margin, claims: drawn };
}

/** Claims that can turn it first, then those that move it most. */
export function flipsOf(
  {
    found,
    claims,
  }: { readonly found: Pick<ViewFlips["found"], "now" | "claims">; readonly claims: ViewFlips["claims"] },
  most = 12,
): FlipData | null {
  const { now } = found;
  if (now.refusal !== null || found.claims.length === 0) return null;
  const label = (name: string): string => bare(claims.find((c) => c.name === name)?.label ?? "");
  const sorted = found.claims
    .filter((c) => !c.thin)
    .toSorted(
      (a, b) =>
        Number(b.points.length > 0) - Number(a.points.length > 0) || Math.abs(b.on - b.off) - Math.abs(a.on - a.off),
    );
  return {
    verdict: now.verdict,
    claims: sorted.slice(0, most).map((c) => ({
      name: c.claim,
      label: label(c.claim),
      credence: c.credence,
      turns: c.points.map((p) => ({ at: p.credence, to: beyond(c, p, now.verdict, now.threshold) })),
    })),
  };
}

/** The verdict on the far side of a turning point, as seen from where the credence is; errors left aside. */
function beyond(
  c: ViewFlips["found"]["claims"][number],
  point: ViewFlips["found"]["claims"][number]["points"][number],
  now: Verdict,
  threshold: number,
): Verdict {
  const holdsBeyond = point.credence > c.credence ? point.holds === "above" : point.holds === "below";
  if (holdsBeyond) return "holds";
  const end = point.credence > c.credence ? c.on : c.off;
  const verdict = judge(end, threshold, 0);
  return verdict === "holds" || verdict === now ? "no material difference" : verdict;
}

/** The regions of a pair of credences, as far as the turning curve tells them: on one side it holds, on the other it does not. */
export function pairOf(
  { found, claims }: ViewFlips,
  margin: (first: number, second: number) => { readonly margin: number; readonly se: number },
  pair: ViewFlips["found"]["pairs"][number],
  fields = 24,
): MapData {
  const axis = (name: string): MapData["across"] => {
    const head = claims.find((c) => c.name === name);
    return { name, label: bare(head?.label ?? ""), credence: head?.credence ?? 0.5 };
  };
  const place = (i: number): number => (i + 0.5) / fields;
  return {
    across: axis(pair.claims[0]),
    up: axis(pair.claims[1]),
    fields: Array.from({ length: fields }, (_, r) =>
      Array.from({ length: fields }, (__, c) => {
        const m = margin(place(c), place(r));
        return judge(m.margin, found.now.threshold, m.se);
      }),
    ),
  };
}

/** In words: what it is with every claim off, and what carries it. */
export function carriesSentence(target: ExplainFindings["target"], e: ViewExplained): string {
  const { found } = e;
  const unit = unitOf(target);
  const points = (v: number): string => grouped(v / unit.factor, 1);
  const named = unit.label === "1" || unit.label === "number" ? "" : ` ${unit.label}`;
  const sure = found.shares.filter((s) => Math.abs(s.share) > sureness * s.se);
  const [first, second] = sure;
  const names = [first, second].flatMap((s) => (s === undefined ? [] : [`${s.claim} (${points(s.share)})`]));
  return `The margin of “${bare(target.label)}” is ${points(found.all.margin)}${named} as believed and ${points(found.none.margin)} with every claim off; ${points(target.threshold)} would matter. ${names.length === 0 ? "No claim's contribution stands out from the errors of the runs." : `Most is contributed by ${names.join(" and ")}.`}`;
}
