/** The command line as people meet it: exit codes, what is said where, and the reports of a small case. */

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casus } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-"));
const small = join(folder, "small.casus");
const wrong = join(folder, "wrong.casus");

beforeAll(() => {
  writeFileSync(small, readFileSync("casebook/guarantee/guarantee.casus", "utf8"));
  writeFileSync(wrong, 'case c "Q"\noutcome x = y\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("casus", () => {
  it("checks a case, and says what is wrong with another, and where", async () => {
    expect(await casus("check", small)).toMatchObject({ status: 0, stderr: "" });
    const { status, stdout } = await casus("check", wrong);
    expect(status).toBe(3);
    expect(stdout).toContain("wrong.casus:2:13");
    expect(await casus("run", wrong)).toMatchObject({ status: 3, stdout: "" });
    expect((await casus("format", wrong)).status).toBe(0);
  });

  it("has no use for a word that is empty, as of a shell's variable that was never set", async () => {
    for (const [words, what] of [
      [["check", ""], "argument 2"],
      [["run", small, "--out", ""], "what follows --out"],
      [["run", small, "--view="], "what follows --view"],
    ] as const) {
      const { status, stdout, stderr } = await casus(...words);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toBe(`casus: ${what} is empty; write a value, or leave it out\n`);
    }
  });

  it("prints each claim next to its passage in a copy of the source, and reports another document and a lost passage", async () => {
    const text = "A title\n\nFirst. Second.\n\nThird.\n";
    const copy = join(folder, "copy.txt");
    writeFileSync(copy, text);
    const located = (place: string): string => {
      const file = join(folder, "located.casus");
      const hash = createHash("sha256").update(text).digest("hex");
      writeFileSync(
        file,
        `case c "Q"\nsource memo { title "A title" sha256 "${hash}" }\nclaim a causal "In our words." { at memo ${place} }\noutcome x = a\n`,
      );
      return file;
    };
    const { status, stdout } = await casus("check", located("p1 s2"), "--source", copy, "--coverage");
    expect(status).toBe(0);
    for (const part of [
      "In our words.",
      "¶1 s2: Second.",
      "Sentences of memo that no claim points at: ¶0 s1, ¶1 s1, ¶2",
    ])
      expect(stdout).toContain(part);
    const lost = await casus("check", located("p1 s3"), "--source", copy);
    expect([lost.status, lost.stdout.includes("passage-not-found")]).toEqual([1, true]);
    writeFileSync(copy, `${text}More.\n`);
    const other = await casus("check", located("p1 s2"), "--source", copy);
    expect([other.status, other.stdout.includes("wrong-document")]).toEqual([1, true]);
    const { sources } = JSON.parse((await casus("check", located("p1 s2"), "--source", copy, "--json")).stdout) as {
      sources: unknown;
    };
    expect(sources).toEqual([{ source: "memo", claims: [] }]);
  });

  it("runs a case and says what it is: seed, runs, what is held, no forecast", async () => {
    const { status, stdout, stderr } = await casus("run", small, "--worlds", "50", "--seed", "3");
    expect([status, stderr]).toEqual([0, ""]);
    for (const part of ["Does it hold?", "seed 3", "50 simulated runs", "not a forecast", "sha256"])
      expect(stdout).toContain(part);
    expect(stdout).not.toContain("\u001b");
  });

  it("gives the same text twice, and as JSON everything", async () => {
    const words = ["run", small, "--worlds", "20", "--json"];
    const { stdout } = await casus(...words);
    expect((await casus(...words)).stdout).toBe(stdout);
    const parsed = JSON.parse(stdout) as {
      schema: string;
      provenance: { worlds: number };
      profiles: readonly { readonly choices: Readonly<Record<string, string>> }[];
    };
    expect([parsed.schema, parsed.provenance.worlds]).toEqual(["casus/run@1", 20]);
    // One choice without a default, of two options; the others stand at theirs.
    expect(parsed.profiles.map((p) => p.choices["promise"])).toEqual(["written", "spoken"]);
  });

  it("tests what a case expects", async () => {
    const failing = join(folder, "failing.casus");
    writeFileSync(failing, 'case c "Q"\noutcome x = 1 < 2\nexpect no: chance(x) in 0%..10%\n');
    const { status, stdout } = await casus("test", failing, "--worlds", "40");
    expect(status).toBe(1);
    expect(stdout).toContain("1 failed");
    expect((await casus("test", "casebook/epidemic", "--worlds", "100")).status).toBe(0);
  });

  it("formats in place, or only looks", async () => {
    const untidy = join(folder, "untidy.casus");
    writeFileSync(untidy, 'case c "Q"\noutcome   x=1\n\n\n\n');
    expect((await casus("format", untidy, "--check")).status).toBe(1);
    expect((await casus("format", untidy)).status).toBe(0);
    expect((await casus("format", untidy, "--check")).status).toBe(0);
  });

  const usage: readonly (readonly [string, readonly string[], string])[] = [
    ["a path that is not there", ["run", join(folder, "none")], "there is no"],
    ["a view that is not there", ["run", small, "--view", "cas"], "did you mean 'case'?"],
    ["a choice that is not there", ["run", small, "--set", "nothing=1"], "no choice 'nothing'"],
    ["a number that is none", ["run", small, "--worlds", "many"], "whole number"],
    ["a word that is none", ["rnu", small], "unknown command"],
  ];
  for (const [what, words, text] of usage)
    it(`reports ${what} and exits 2`, async () => {
      const { status, stderr } = await casus(...words);
      expect([status, stderr.includes(text)]).toEqual([2, true]);
    });

  it("exits 4 over budget and 3 when a run cannot go on", async () => {
    expect((await casus("run", small, "--worlds", "100000", "--budget", "10")).status).toBe(4);
    const broken = join(folder, "broken.casus");
    writeFileSync(
      broken,
      'case c "Q"\ntime 0 to 10 by day\nstock s : number = 1\n  + s * s * 1e200/day\noutcome x : number = final(s)\n',
    );
    const { status, stderr } = await casus("run", broken, "--worlds", "1");
    expect([status, stderr.includes("stock s")]).toEqual([3, true]);
  });

  it("fails a strict run unless every conclusion holds", async () => {
    const strict = join(folder, "strict.casus");
    writeFileSync(strict, 'case c "Q"\noutcome x = 1 < 2\nconclusion k: chance(x) < 50% by 5 points\n');
    expect((await casus("run", strict, "--worlds", "20")).status).toBe(0);
    expect((await casus("run", strict, "--worlds", "20", "--strict")).status).toBe(1);
  });
});
