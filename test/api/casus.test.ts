/** The public API: what it exports, what it refuses, and that its answers are those of the command line. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CaseError, openLab, play, read, Refused, run, version } from "#casus.ts";
import { readFolder } from "#cli/node.ts";
import { runExample } from "./examples.ts";

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, unknown>;

describe("the package", () => {
  it("says its own version", () => expect(version).toBe(manifest["version"]));

  it("makes a user install nothing else: what it needs is bundled", () => {
    expect(manifest["dependencies"] ?? {}).toEqual({});
  });
});

describe("a case from its text", () => {
  it("is refused with every mistake and its place", () => {
    try {
      read('case x "Is it?"\nlet a : number = b\nlet c : number = d');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(CaseError);
      expect(error).toBeInstanceOf(Refused);
      expect((error as CaseError).diagnostics.map((d) => d.span.start)).toEqual([33, 52]);
      expect((error as CaseError).message).toContain("case.casus:2:18");
    }
  });

  it("names the record whose text is missing", () => {
    const text = readFileSync("test/api/with-record.casus", "utf8");
    expect(() => read(text)).toThrow(/the record 'wars' needs the text of wars\.csv/);
    expect(read(text, { records: { "wars.csv": "outcome\nloss\nwin\n" } }).tables[0]?.rows).toHaveLength(2);
  });
});

describe("an answer", () => {
  const argument = readFolder("casebook/guarantee");

  it("is the one the command prints, to the last digit", async () => {
    const { stdout } = spawnSync(
      process.execPath,
      ["bin/casus.js", "run", "casebook/guarantee", "--worlds", "300", "--seed", "7", "--json"],
      { encoding: "utf8" },
    );
    const answer = await run(argument, { worlds: 300, seed: 7, threads: 1 });
    expect(answer.json()).toEqual(JSON.parse(stdout));
  });

  it("refuses a view, a choice, an option and a number that cannot be", async () => {
    await expect(run(argument, { views: ["nobody"] })).rejects.toThrow(/no view 'nobody'/);
    await expect(run(argument, { set: { trops: "at_home" } })).rejects.toThrow(/did you mean 'troops'/);
    await expect(run(argument, { set: { troops: "there" } })).rejects.toThrow(/no option 'there'/);
    await expect(run(argument, { worlds: 0.5 })).rejects.toThrow(/whole number from 1/);
    await expect(play(argument, { informed: "nobody" })).rejects.toThrow(Refused);
  });

  it("stops when it is told to, with the reason given", async () => {
    const stop = new AbortController();
    const lab = openLab({ threads: 1, onProgress: () => stop.abort("enough") });
    await expect(run(argument, { worlds: 5000, lab, signal: stop.signal })).rejects.toBe("enough");
    await expect(run(argument, { signal: stop.signal })).rejects.toBe("enough");
  });
});

describe("the examples beside the functions", () => {
  const sources = ["src/api/case.ts", "src/api/ask.ts", "src/cli/node.ts"].map((f) => readFileSync(f, "utf8"));
  const examples = sources.flatMap((s) =>
    [...s.matchAll(/ \* ```ts\n([^]*?)\n \* ```/g)].map((m) => (m[1] ?? "").replaceAll(/^ \* ?/gm, "")),
  );
  const [reading = ""] = examples.filter((e) => e.includes("read(`"));

  it("are there", () => expect(examples.length).toBeGreaterThanOrEqual(5));

  for (const text of examples)
    it(`run: ${text.split("\n").find((l) => /await|read\(/.test(l)) ?? ""}`, () => {
      const imports = 'import { explain, read, report, run } from "casus";\n';
      const before = text.includes("import ") ? "" : imports + (text.includes("read(`") ? "" : reading);
      expect(() => runExample(text, { before })).not.toThrow();
    });
});
