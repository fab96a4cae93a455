/** What a verb is stopped by: each kind with its sentence and its exit code. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verbTrouble } from "#cli/trouble.ts";
import { OverBudget, Refused } from "#internal.ts";
import { Stopped } from "#cli/drive.ts";

test("a refusal is a sentence, with its place where it has one", () => {
  const folder = mkdtempSync(join(tmpdir(), "casus-trouble-"));
  try {
    const document = join(folder, "a.casus");
    writeFileSync(document, 'case a "A"\nunknown x ~ beta(0, 1)\n');
    expect(verbTrouble(new Refused("'x' has no value"))).toEqual({ text: "'x' has no value", code: 2 });
    expect(verbTrouble(new Refused("'x' has no value", { document, start: 19, end: 20 }))).toEqual({
      text: `${document}:2:9: 'x' has no value`,
      code: 3,
    });
    // The file may have changed or gone since it was read.
    rmSync(document);
    expect(verbTrouble(new Refused("'x' has no value", { document, start: 19, end: 20 })).text).toBe(
      `${document}: 'x' has no value`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is over budget says how to raise it; what the user stopped says nothing", () => {
  const over = new OverBudget({ what: "the work", limit: "10", instead: "ask for fewer worlds" });
  expect(verbTrouble(over)).toEqual({
    text: "the work is over the limit of 10; ask for fewer worlds, or raise it with --budget",
    code: 4,
  });
  expect(verbTrouble(new Stopped())).toEqual({ text: null, code: 130 });
});

test.each([
  new RangeError("Maximum call stack size exceeded"),
  new TypeError("x is undefined"),
  new Error("not run: a job"),
  "a string",
])("anything else is a bug, says how to report it, and exits 70: %s", (error) => {
  const { text, code } = verbTrouble(error);
  expect(code).toBe(70);
  expect(text).toMatch(/^this is a bug in Casus \d.*please report it with the command, the case and/);
  expect(text).toContain(error instanceof Error ? error.message : error);
  expect(text?.split("\n")).toHaveLength(1);
});
