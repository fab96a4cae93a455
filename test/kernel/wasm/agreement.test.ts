/** The compiled engine against the reference, bit for bit: the cases of the casebook, and thousands of generated models. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { load, withRecords } from "#cli/load.ts";
import type { Model } from "#model/model.ts";
import { viewNames } from "#ensemble/draws/mind.ts";
import { profiles } from "#ensemble/profiles.ts";
import { itemsOf } from "#ensemble/situation.ts";
import { referenceEngine, type Engine } from "#kernel/engine.ts";
import { engineNamed } from "#kernel/wasm/engine.ts";
import { generated } from "../generated.ts";
import { modelOf } from "../runs.ts";
import { difference, opened } from "../same-bits.ts";

const untold = (note: string): never => {
  throw new Error(note);
};
const engines = [referenceEngine, engineNamed("wasm", globalThis, untold)] as const;
/** With programs that leave the options to the draws. */
const open = [opened(engines[0]), opened(engines[1])] as const;
const root = join(import.meta.dirname, "../../..");

function caseAt(folder: string): Model {
  const { model } = load(folder);
  if (model === null) throw new Error(`${folder} has errors`);
  return withRecords(folder, model).model;
}

describe.each(readdirSync(join(root, "casebook")))("%s", (name) => {
  const model = caseAt(join(root, "casebook", name));
  const all = profiles(model, { set: {}, vary: [] });
  // Every profile of a small case; of a large one a spread of them, so that each option of most choices is met.
  const some = all.filter((_, i) => i % Math.ceil(all.length / 8) === 0);
  test("every view, as it stands", () => {
    for (const [i, choices] of some.entries())
      for (const view of i === 0 ? viewNames(model) : viewNames(model).slice(0, 1))
        expect(difference(engines, model, { choices, suppositions: [] }, 33, view), view).toBeNull();
  });
  test("every view, with options that are inputs", () => {
    const pairs = [
      [engines[1], opened(engines[1])],
      [engines[0], opened(engines[0])],
    ] as const;
    for (const choices of some)
      for (const [i, pair] of pairs.entries())
        expect(difference(pair, model, { choices, suppositions: [] }, i === 0 ? 33 : 3), `engine ${i}`).toBeNull();
  });
  test("under every supposition", () => {
    const [choices = {}] = all;
    for (const { name: suppose } of model.suppositions)
      expect(difference(engines, model, { choices, suppositions: itemsOf(model, [suppose]) }, 9), suppose).toBeNull();
  });
});

/** What the checker can see to divide by zero is left out; nothing else may be wrong with a generated case. */
function checked(text: string): Model {
  try {
    return modelOf(text);
  } catch (error) {
    fc.pre(!(error instanceof Error && error.message.includes("[division-by-zero]")));
    throw error;
  }
}

test("generated models", () => {
  let compared = 0;
  fc.assert(
    fc.property(generated, (text) => {
      const model = checked(text);
      const choices = { way: "two" };
      expect(difference(engines, model, { choices, suppositions: [] }, 5)).toBeNull();
      const suppositions = itemsOf(model, ["other"]);
      expect(difference(open, model, { choices, suppositions }, 5), "options that are inputs").toBeNull();
      compared++;
    }),
    { numRuns: Number(process.env["CASUS_MODELS"] ?? 400), seed: 20220224 },
  );
  expect(compared).toBeGreaterThan(100);
}, 900_000);

// A jump names the time's slot as its target and does not write it.
test.each(["if a then exp(u) + log(1 + u) else u ^ 0.3 + mod(u, 2)", "u * way.k  because a"])(
  "a branch worked out once a run does not stop the time: %s",
  (fixed) => {
    const model = modelOf(
      `time 2022-01 to 2022-09 by month
claim a causal "A." { credence 50% }
actor somebody
choice way by somebody = one { k 0.1 } | two { k 0.7 } | three { k -1 } | four { k 3 } | five { k 0 }
unknown u : number ~ uniform(0, 1) judged
let same : number = ${fixed}
stock x : number = 0
  + step(2022-04) / 1 month  because a
outcome o : number = final(x) + same`,
    );
    for (const pair of [engines, open])
      expect(difference(pair, model, { choices: { way: "two" }, suppositions: [] }, 33)).toBeNull();
  },
);

test.each([
  "uniform(-1, 2)",
  "uniform(0, 0.5 + u)",
  "normal(0, 0.5 + u)",
  "normal(u, 1)",
  "lognormal(1, 0.5 + u)",
  "exponential(2)",
  "exponential(0.5 + u)",
  "-1 to 3",
  "0.1 to 2",
  "beta(2, 3)",
  "normal(0, 1) within -1..2",
  // In some worlds no distribution: both engines say so of the same world.
  "normal(0, u - 0.5)",
  "uniform(0.5, u)",
  "gamma(2, 1)",
])("shocks ~ %s", (distribution) => {
  const model = modelOf(
    `time 2022-01 to 2024-01 by month
unknown u : number ~ uniform(0, 1) judged
shock s : number ~ ${distribution}
stock x : number = 0
  + s / 1 month
outcome o : number = final(x)
outcome most : number = max(x)`,
  );
  expect(difference(engines, model, { choices: {}, suppositions: [] }, 301)).toBeNull();
});

test.each(["", " using rk4"])(
  "an endless rate, and one that comes too often, end the run on either engine%s",
  (method) => {
    for (const rate of ["abs(count(other)) ^ (-0.25) / 1 month", "1e15 / 1 month"]) {
      const model = modelOf(
        `time 2022-01 to 2022-09 by month${method}
event other rate 10%/year
event often rate ${rate} repeats
outcome o : number = count(often)`,
      );
      expect(difference(engines, model, { choices: {}, suppositions: [] }, 3)).toBeNull();
    }
  },
);

test("the comparison bites", () => {
  const model = modelOf(
    `time 2022-01 to 2022-03 by month\nstock x : number = 1\n  + 1 / 1 month\noutcome o : number = final(x)`,
  );
  const wrong: Engine = {
    ...referenceEngine,
    name: "wasm",
    compile: (...given) => {
      const program = referenceEngine.compile(...given);
      return {
        ...program,
        run: (draws) => {
          const result = program.run(draws);
          return { ...result, outcomes: result.outcomes.map((c) => c.map((v) => v + 2 ** -51)) };
        },
      };
    },
  };
  expect(difference([referenceEngine, wrong], model, { choices: {}, suppositions: [] }, 1)).toMatch(/outcomes 0 at 0/);
});
