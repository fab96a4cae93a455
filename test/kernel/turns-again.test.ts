/**
 * Hazards once more, by an oracle that shares with the engines only the uniforms and their keys: it looks for the one that is next, one after another, as
 * docs/decisions/001-the-step.md has it. Both engines must agree with it on generated cases: what counts, when first, how long ago last, and what the clocks have used up.
 */

import fc from "fast-check";
import { expect, it } from "vitest";
import { referenceEngine } from "#kernel/engine.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { engineNamed } from "#kernel/wasm/engine.ts";
import { modelOf } from "./runs.ts";

interface Hazard {
  /** A day, at x = 0; it grows by a tenth of it with each unit of |x|. */
  readonly rate: number;
  readonly when: { readonly sign: "<" | ">="; readonly limit: number } | null;
  readonly repeats: boolean;
  /** Added to x. */
  readonly adds: number;
}

const steps = 10;
const seed = 11;
const worlds = 24;
const nameOf = (i: number): string => `e${i}`;

function textOf(hazards: readonly Hazard[]): string {
  const events = hazards.map(({ rate, when, repeats, adds }, i) => {
    const condition = when === null ? "" : ` when x ${when.sign} ${when.limit}`;
    return `event ${nameOf(i)} rate ${rate}/day * (1 + abs(x) / 10)${condition}${repeats ? " repeats" : ""} then add ${adds} to x`;
  });
  const outcomes = hazards.flatMap((_, i) => [
    `outcome count_${i} : number = count(${nameOf(i)})`,
    `outcome first_${i} : day = time_of(${nameOf(i)})`,
    `outcome since_${i} : day = final(since(${nameOf(i)}, 99 days))`,
  ]);
  return [
    `time 0 to ${steps} by 1 day`,
    "stock x : number = 0",
    ...events,
    "outcome last_x : number = final(x)",
    ...outcomes,
  ].join("\n");
}

/** One world: [x, then of each hazard its count, first time and time since the last], and the exposure of each. */
function gone(
  hazards: readonly Hazard[],
  world: number,
): { readonly outcomes: readonly number[]; readonly exposure: readonly number[] } {
  let x = 0;
  const clock = (i: number, k: number): number => -Math.log(uniform(seed, keyOf(`event ${nameOf(i)}`), world, k));
  const all = hazards.map((h, i) => ({ ...h, i, k: 0, clock: clock(i, 0), times: [] as number[], exposure: 0 }));
  const holds = ({ when }: Hazard): boolean => when === null || (when.sign === "<" ? x < when.limit : x >= when.limit);
  for (let step = 0; step < steps; step++) {
    const atRisk = all
      .filter((h) => (h.repeats || h.times.length === 0) && holds(h))
      .map((h) => ({ h, perStep: h.rate * (1 + Math.abs(x) / 10), from: 0, isOver: false }));
    let lastFired: number | null = null;
    const use = (r: (typeof atRisk)[number], to: number): void => {
      const used = (to - r.from) * r.perStep;
      r.h.clock -= used;
      r.h.exposure += used;
      r.from = to;
    };
    for (;;) {
      const due = atRisk
        .filter((r) => !r.isOver)
        .map((r) => ({ r, at: r.from + Math.max(0, r.h.clock) / r.perStep }))
        .filter(({ at }) => at < 1)
        .toSorted((a, b) => a.at - b.at || a.r.h.i - b.r.h.i)[0];
      if (due === undefined) break;
      const { r, at } = due;
      if (!holds(r.h)) {
        use(r, lastFired ?? 0);
        r.isOver = true;
        continue;
      }
      use(r, at);
      r.h.times.push(step + at);
      lastFired = at;
      x += r.h.adds;
      r.h.clock = clock(r.h.i, ++r.h.k);
      if (!r.h.repeats) r.isOver = true;
    }
    for (const r of atRisk) if (!r.isOver) use(r, lastFired !== null && !holds(r.h) ? lastFired : 1);
  }
  return {
    outcomes: [
      x,
      ...all.flatMap(({ times }) => [
        times.length,
        times[0] ?? steps,
        times.length === 0 ? 99 : steps - (times.at(-1) ?? NaN),
      ]),
    ],
    exposure: all.map((h) => h.exposure),
  };
}

const hazard: fc.Arbitrary<Hazard> = fc.record({
  rate: fc.constantFrom(0.05, 0.3, 0.9, 2.5),
  when: fc.option(
    fc.record({ sign: fc.constantFrom("<" as const, ">=" as const), limit: fc.constantFrom(0, 1, 2, 3) }),
  ),
  repeats: fc.boolean(),
  adds: fc.constantFrom(-1, 0, 1, 2),
});

const engines = [referenceEngine, engineNamed("wasm", globalThis, () => {})];

it("both engines do as the oracle does: counts, first and last times, clocks of those that were cancelled", () => {
  fc.assert(
    fc.property(fc.array(hazard, { minLength: 2, maxLength: 4 }), (hazards) => {
      const model = modelOf(textOf(hazards));
      const finals = hazards.map((_, i) => ({ op: "exposure" as const, event: nameOf(i) }));
      const expected = Array.from({ length: worlds }, (_, w) => gone(hazards, w));
      for (const engine of engines) {
        const program = engine.compile(model, { choices: {}, suppositions: [] }, { series: [], always: [], finals });
        const found = program.run({
          seed,
          worlds: Uint32Array.from(expected, (_, w) => w),
          claims: [],
          unknowns: [],
          believed: [],
        });
        expected.forEach(({ outcomes, exposure }, w) => {
          outcomes.forEach((value, i) =>
            expect(found.outcomes[i]?.[w], `world ${w}, ${model.outcomes[i]?.name}`).toBeCloseTo(value, 9),
          );
          exposure.forEach((value, i) =>
            expect(found.finals[i]?.[w], `world ${w}, exposure of ${i}`).toBeCloseTo(value, 9),
          );
        });
      }
    }),
    { numRuns: 40, seed: 3 },
  );
});
