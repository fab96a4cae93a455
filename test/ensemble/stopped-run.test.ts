/** What stops a run is said in words, with the place of what it happened in: no NaN and no Infinity. */

import { describe, expect, it } from "vitest";
import { Refused } from "#text/refused.ts";
import { job } from "#ensemble/jobs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import type { RunsTask } from "#ensemble/work/runs-task.ts";
import { quickLab } from "../lab.ts";
import { checked, still } from "../model/checked.ts";

const months = "time 2024-01 to 2025-01 by month\n";
const z = "unknown z : number ~ normal(0, 3)\n";

/** The case's text, the name where it stops, and a part of what is said. */
const stops: Readonly<Record<string, readonly [text: string, at: string, words: string]>> = {
  "a logarithm of 0": [`${z}outcome o : number = log(z - z)`, "o", "is below all numbers"],
  "a root of less than 0": [
    `${z}outcome o : number = sqrt(z - 100)`,
    "o",
    "has no value: 0 / 0, or a root or logarithm",
  ],
  "0 / 0": [`${z}outcome o : number = (z - z) / (z - z)`, "o", "has no value: 0 / 0"],
  "a division by 0": [`${z}outcome o : number = 1 / (z - z)`, "o", "is above all numbers: something was divided by 0"],
  "a power too large": [`${z}outcome o : number = -((1e200 + z)^2)`, "o", "is below all numbers"],
  "a let of a run": [
    `${months}${z}let x : number = 1 / (z - z)\noutcome o : number = final(x)`,
    "x",
    "is above all numbers",
  ],
  "a spread below 0": [
    `${z}unknown a : number ~ normal(0, z)\noutcome o : number = a`,
    "a",
    "nothing can be drawn from normal(0, ",
  ],
  "a shock of a spread below 0": [
    `${months}${z}shock a : number ~ normal(0, z)\nstock s : number = 0\n  + a / 1 month\noutcome o : number = final(s)`,
    "a",
    "cannot be drawn",
  ],
};

describe("a run that cannot go on", () => {
  for (const [what, [text, at, words]] of Object.entries(stops))
    it(what, async () => {
      const source = `${still}${text}\n`;
      const model = checked(source);
      const task: RunsTask = { kind: "runs", job: job("case", plainSituation({})), seed: 1, first: 0, count: 64 };
      const error: unknown = await quickLab()
        .perform(model, [task])
        .catch((e: unknown) => e);
      if (!(error instanceof Refused)) throw new Error(`not refused: ${String(error)}`);
      expect(error.reason).toContain(words);
      expect(error.reason).not.toMatch(/NaN|Infinity/);
      expect(source.slice(error.place?.start, error.place?.end)).toBe(at);
    });
});
