/** The same model by hand in plain JavaScript, Math.exp and all: what a code generator for JavaScript would write. One run at a time. */

import { log } from "../../dist/kernel/math.js";
import { keyOf, uniform } from "../../dist/kernel/philox.js";

const keys = ["coup", "uprising", "pact", "war"].map((e) => keyOf(`event ${e}`));
const logistic = (x) => 1 / (1 + Math.exp(-x));
const unit = (x) => (x < 0 ? 0 : x > 1 ? 1 : x);

/** The means of the ten outputs over the runs of the draws. */
export function runPlain({ seed, worlds, unknowns }) {
  const sums = new Float64Array(10);
  for (let i = 0; i < worlds.length; i++) {
    const [p0, p1, p2, p3, p4, p5, p6, p7, p8, p9] = unknowns.map((c) => c[i]);
    let g = 0.3,
      l = 0.55,
      r = 0.25,
      e = 1,
      m = 0.05,
      c = 0.7,
      a = 0.75,
      p = 0.1;
    let firstTime = 120,
      firstEvent = 0;
    const clocks = keys.map((key) => -log(uniform(seed, key, worlds[i], 0)));
    const done = [0, 0, 0, 0];
    const used = [0, 0, 0, 0];
    for (let t = 0; t < 120; t++) {
      const a1 = unit((t - 24) / 24);
      const a2 = p0 * (1 - 4 * p7 * a1);
      const a3 = a2 * (1 / 60) * e;
      const a4 = p1 * (1 + p);
      const a5 = Math.max(0, a4 + 0.35 + 0.5 * r - 0.6 * a3);
      const a6 = 0.6 * a5 - 0.8 * p;
      const a7 = 0.08 + 0.25 * Math.max(0, 1 - e);
      const a8 = logistic(4 * (p - 0.25) + 6 * (a7 - 0.12) - 3 * p1);
      const a9 = 1 - Math.exp(-2.5 * r * p3);
      const a10 = r * r * (1 - a9);
      const a11 = Math.max(0, 0.6 - l);
      const a12 = p2 * (a8 + 0.8 * a10 + 0.5 * a11);
      const a13 = g * (0.05 + 0.1 * l);
      const a14 = 0.45 + 0.3 * a9;
      const a15 = logistic(12 * (g + 0.8 * m - a14));
      const a16 = p4 * a15 * (1 - m);
      const a17 = m * (0.15 + 0.5 * a9 * a);
      const a18 = logistic(5 * (a5 - 0.3) + 3 * (m - 0.3));
      const a19 = 0.16 * a18 * (1 - p6);
      const a20 = p8 * (0.4 * c + 0.4 * l + 0.2 * Math.min(1, a3)) - a;
      const a21 = Math.min(1, Math.max(0.05, 0.15 + 0.9 * m + 0.3 * (1 - l) - 0.2 * done[2]));
      const a22 = 0.06 * (1 - e) - 0.02 * m - 0.015 * p + 0.004 * Math.exp(-3 * a5);
      const a23 = 0.05 * (1 - l) * Math.exp(-2 * g);
      const a24 = l * (p5 + 0.05 * a8 + 0.04 * r * a15);
      const a25 = 0.5 * m + 0.3 * (1 - c) + 0.2 * (1 - a);
      used[0] = p9 * 0.0005 * Math.exp(3.5 * (1 - c) + 2 * (0.6 - a));
      used[1] = p9 * 0.0005 * Math.exp(5 * m - 2 * a9);
      used[2] = 0.001 * Math.exp(2 * a25 + 1.5 * l);
      used[3] = 0.001 * Math.exp(1.5 * (1 - e) + a5);
      g += a12 - a13 - 0.02 * done[2] * g;
      l += a23 - a24 + 0.01 * done[2] * (1 - l);
      r += 0.25 * (a21 - r);
      e += a22 - 0.02 * done[3] * e;
      m += a16 - a17;
      c += 0.03 * (p6 - c) - a19;
      a += 0.1 * a20;
      p += 0.1 * a6;
      for (;;) {
        let next = -1;
        let at = 1;
        for (let k = 0; k < 4; k++) {
          if (done[k] === 1 || !(clocks[k] < used[k])) continue;
          const fraction = clocks[k] <= 0 ? 0 : clocks[k] / used[k];
          if (fraction < at) {
            at = fraction;
            next = k;
          }
        }
        if (next < 0) break;
        done[next] = 1;
        if (firstEvent === 0) {
          firstTime = t + at;
          firstEvent = next + 1;
        }
        if (next === 0) {
          r = Math.min(1, r + 0.25);
          l *= 0.8;
          c = 0.8;
        } else if (next === 1) {
          m = Math.min(1, m + 0.25);
          a *= 0.85;
        } else if (next === 2) {
          r *= 0.7;
          l = Math.min(1, l + 0.15);
          g *= 0.8;
        } else {
          e *= 0.85;
          p += 0.1;
        }
      }
      for (let k = 0; k < 4; k++) clocks[k] -= used[k];
      g = unit(g);
      l = unit(l);
      r = unit(r);
      m = unit(m);
      c = unit(c);
      a = unit(a);
      e = Math.min(2, Math.max(0.2, e));
      p = Math.min(2, Math.max(0, p));
    }
    [firstTime, firstEvent, g, l, r, e, m, c, a, p].forEach((x, k) => (sums[k] += x));
  }
  return [...sums].map((s) => s / worlds.length);
}
