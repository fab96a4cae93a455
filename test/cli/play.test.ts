/** `casus play` as people meet it: exit codes, what is said where, games taken out and brought back. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "casus-play-"));
afterAll(() => rmSync(folder, { recursive: true }));

function casus(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/casus.js", ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

const small = ["test/analysis/deterrence.casus", "--view", "sober", "--worlds", "40", "--beliefs", "4"] as const;

test("a case: what is played, what each expected, why a threat is not believed", () => {
  const { status, stdout, stderr } = casus("play", ...small);
  expect([status, stderr]).toEqual([0, ""]);
  for (const part of [
    "Where blind is true (60 in 100). Through whose eyes: The challenger: hopeful; The defender: sober.",
    "The cost of misjudgement: seeing as this view sees would be worth +3.",
    "What is then played: stay out",
    "is assumed",
    "not a forecast",
  ])
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(part);
});

test("the same figures again, on one thread or two", () => {
  expect(casus("play", ...small, "--threads", "2", "--json").stdout).toBe(
    casus("play", ...small, "--threads", "1", "--json").stdout,
  );
});

test("a case's game goes out as .efg and is solved from the file; other endings are refused", () => {
  const file = join(folder, "out.efg");
  expect(casus("play", ...small, "--export", file).status).toBe(0);
  const again = casus("play", file);
  expect(again.status).toBe(0);
  expect(again.stdout).toContain("enter: come_in");
  const nfg = join(folder, "out.nfg");
  expect(casus("play", file, "--export", nfg).status).toBe(0);
  expect(readFileSync(nfg, "utf8")).toMatch(/^NFG 1 R /);
  expect(casus("play", nfg).stdout).toContain("Nash equilibria");
  expect(casus("play", nfg, "--export", file).status).toBe(2);
  expect(casus("play", ...small, "--export", join(folder, "out.txt")).status).toBe(2);
});

test("a wrong file is told by line and column, exit code 3", () => {
  const file = join(folder, "wrong.efg");
  writeFileSync(file, 'EFG 2 R "x" { "A" }\np "" 2 1 "" { "a" "b" } 0\n');
  expect(casus("play", file)).toEqual({
    status: 3,
    stdout: "",
    stderr: `${file}:2:6: there is no player 2; write from 1 to 1\n`,
  });
});

test("what cannot be solved is said, exit code 2", () => {
  const { status, stderr } = casus("play", "casebook/guarantee", "--worlds", "5");
  expect(status).toBe(2);
  expect(stderr).toContain("ally chooses, but the case does not say what it values");
});
