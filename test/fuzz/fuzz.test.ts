/** The fuzzer runs: the corpus of inputs that once failed holds, and so do a few hundred new ones. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test("the corpus and 400 inputs of a seed: nothing falls over", () => {
  const out = mkdtempSync(join(tmpdir(), "casus-fuzz-"));
  try {
    const found = execFileSync(
      process.execPath,
      [
        join(import.meta.dirname, "main.mjs"),
        "--seed",
        "7",
        "--inputs",
        "400",
        "--patience",
        "60",
        "--quiet",
        "--out",
        out,
      ],
      { encoding: "utf8" },
    );
    const { inputs, faults, met } = JSON.parse(found) as {
      inputs: number;
      faults: number;
      met: Record<string, number>;
    };
    expect(faults).toBe(0);
    expect(inputs).toBe(400);
    // Not only garbage: some run on both engines.
    expect(met["case: run"]).toBeGreaterThan(10);
    for (const how of [
      "xmile: a case",
      "mdl: a case",
      "csv: rows",
      "settings: settings",
      "fragment: settings and text",
    ])
      expect(met[how], how).toBeGreaterThan(0);
    expect(readdirSync(out).filter((name) => name !== "slow.txt")).toEqual([]);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
