/** Inverse distribution functions: the value below which a given share of a distribution lies. */

import type { Resolved } from "./distribution.ts";
import { logOdds, ofInterval, uncutQuantile } from "./families.ts";
import { logistic } from "./math.ts";
import { normalQuantile } from "./normal.ts";
import { truncatedQuantile } from "./truncated.ts";

/** The value below which a share `u` of the distribution lies; NaN where the parameters make no distribution, or its range leaves nothing of it. */
export function quantile(d: Resolved, u: number): number {
  return d.kind === "truncated" ? truncatedQuantile(d.of, d.low, d.high, u) : uncutQuantile(d, u);
}

/** `quantile` of one distribution, for many draws: the same bits, with what does not hang on the draw worked out once. */
export function sampler(d: Resolved): (u: number) => number {
  if (d.kind === "interval") return sampler(ofInterval(d));
  if (d.kind === "logitnormal" && d.median > 0 && d.median < 1 && d.sigma >= 0) {
    const middle = logOdds(d.median);
    const { sigma } = d;
    return (u) => logistic(middle + sigma * normalQuantile(u));
  }
  if (d.kind === "truncated" && d.of.kind === "interval") {
    const inner: Resolved = { ...d, of: ofInterval(d.of) };
    return (u) => quantile(inner, u);
  }
  return (u) => quantile(d, u);
}
