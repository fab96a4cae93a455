/** The fuzzer runs: the corpus of inputs that once failed holds, and so do a few hundred new ones. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
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

test("the command gives up a Parquet file that keeps its reader for ever", async () => {
  const compiled = pathToFileURL(join(import.meta.dirname, "../../dist/cli/parquet.js")).href;
  const { readParquet } = (await import(compiled)) as {
    readonly readParquet: (bytes: Uint8Array, called: string, patience: number) => string;
  };
  const bytes = readFileSync(join(import.meta.dirname, "corpus/never-ends.parquet"));
  expect(() => readParquet(new Uint8Array(bytes), "wars.parquet", 2000)).toThrow(/does not come to an end/);
});
