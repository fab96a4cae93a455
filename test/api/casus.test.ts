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

interface PublicName {
  readonly name: string;
  readonly file: string;
  readonly kind: string;
  /** What stands over its declaration. */
  readonly doc: string;
}

/** Every name of `casus.ts`, with its declaration. */
function publicNames(): readonly PublicName[] {
  const lists = readFileSync("src/casus.ts", "utf8").matchAll(/^export (?:type )?\{([^}]*)\} from "#([^"]+)"/gm);
  return [...lists].flatMap(([, names = "", path = ""]) => {
    const text = readFileSync(`src/${path}`, "utf8");
    return names
      .split(",")
      .map((name) => name.trim().replace(/^type /, ""))
      .filter((name) => name !== "")
      .map((name) => {
        const place = new RegExp(`^export (?:async )?(function|const|class|interface|type) ${name}\\b`, "m").exec(text);
        if (place === null) throw new Error(`${name} is not declared in src/${path}`);
        const [doc = ""] = /\/\*\*(?:(?!\*\/)[^])*\*\/\n$/.exec(text.slice(0, place.index)) ?? [];
        return { name, file: path, kind: place[1] ?? "", doc };
      });
  });
}

/** The code blocks of a comment. */
function examplesIn(doc: string): readonly string[] {
  return [...doc.matchAll(/ \* ```ts\n([^]*?)\n \* ```/g)].map(([, code = ""]) => code.replaceAll(/^ \* ?/gm, ""));
}

describe("every public name", () => {
  const names = publicNames();

  it("says what it is, and a function shows how it is used", () => {
    expect(names.length).toBeGreaterThan(60);
    expect(names.filter((n) => n.doc === "").map((n) => n.name)).toEqual([]);
    const silent = names.filter((n) => n.kind === "function" && examplesIn(n.doc).length === 0);
    expect(silent.map((n) => n.name)).toEqual([]);
  });

  it("does what its example says", () => {
    const examples = names.flatMap((n) => examplesIn(n.doc).map((code) => ({ name: n.name, code })));
    const [reading = ""] = examples.filter((e) => e.name === "read").map((e) => e.code);
    const values = names.filter((n) => n.kind === "function" || n.kind === "const").map((n) => n.name);
    // All in one process, each in a block of its own; what it prints first says where it came to.
    const blocks = examples.map(({ name, code }) => {
      const needsCase = /\bargument\b/.test(code) && name !== "read";
      return `console.log("${name}:");\n{\n${needsCase ? `${reading}\n` : ""}${code}\n}`;
    });
    const shown = runExample([`import { ${values.join(", ")} } from "casus";`, ...blocks].join("\n"));
    expect(shown).toContain("compare:\nOptions compared: A second oven");
    expect(shown).toMatch(/verdictSentence:\nIn this model, .*“It lands heads more often than not” holds/);
  });

  it("is there for Node as well", () => {
    const examples = examplesIn(readFileSync("src/cli/node.ts", "utf8"));
    expect(examples.length).toBeGreaterThan(0);
    for (const code of examples) expect(() => runExample(code)).not.toThrow();
  });
});
