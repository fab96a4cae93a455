/** The tutorial and the recipes, word for word: their files are written, their commands run, and what they say comes out. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { read } from "#casus.ts";
import { format } from "#language/formatter.ts";
import { casusIn } from "../cli/command.ts";

const place = mkdtempSync(join(tmpdir(), "casus-tutorial-"));
afterAll(() => rmSync(place, { recursive: true }));

/** What stands between fences, in order: a file with its name, or commands with the exit code they end with. */
type Block =
  | { readonly kind: "file"; readonly name: string; readonly text: string }
  | { readonly kind: "commands"; readonly lines: readonly string[]; readonly code: number };

function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w+)(?: (.+))?\n([\s\S]*?)^```$/gm)].flatMap(
    ([, kind, info = "", text = ""]): Block[] => {
      if (kind === "sh") {
        const code = Number(/^fails (\d)$/.exec(info)?.[1] ?? 0);
        return [{ kind: "commands", lines: text.trim().split("\n"), code }];
      }
      return kind === "casus" || kind === "text" || kind === "csv" ? [{ kind: "file", name: info, text }] : [];
    },
  );
}

/** Does what a page says, in a folder of its own; gives what each command printed. */
async function follow(page: string): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(place, "page-"));
  const printed = new Map<string, string>();
  for (const block of blocksOf(readFileSync(page, "utf8"))) {
    if (block.kind === "file") {
      const path = join(folder, block.name);
      mkdirSync(dirname(path), { recursive: true });
      // The letter's hash is that of the draft before it.
      const hash = block.text.includes("HASH") ? (/sha256 "(\w+)"/.exec(readFileSync(path, "utf8"))?.[1] ?? "") : "";
      writeFileSync(path, block.text.replace("HASH", hash));
      continue;
    }
    for (const line of block.lines) {
      const [program, ...words] = line.split(" ");
      if (program === "rm") rmSync(join(folder, words[0] ?? ""));
      else {
        expect(program, line).toBe("casus");
        const { status, stdout, stderr } = await casusIn(folder, words);
        expect([line, status, status === block.code ? "" : stderr + stdout]).toEqual([line, block.code, ""]);
        printed.set(line, stdout + stderr);
      }
    }
  }
  return printed;
}

describe("the tutorial", () => {
  it("goes from twelve sentences to a published page as it says", { timeout: 300_000 }, async () => {
    const parts = ["app/page.js", "single/page.js", "share/resvg.wasm"];
    if (!parts.every((part) => existsSync(`dist/web/${part}`))) execFileSync("npm", ["run", "--silent", "build:page"]);
    const printed = await follow("docs/tutorial.md");
    const said = (line: string) => printed.get(line) ?? "";
    expect(said("casus new buses --from letter.txt")).toContain("12 sentences of letter.txt: 12 draft claims");
    expect(said("casus check buses --source buses/text/letter.txt")).toContain("4 claims next to their passages");
    // What the page says that the slips are met with.
    expect(said("casus run buses --all-views")).toMatch(
      /better off with free buses[^]*holds \+\d+ +holds \+\d+ +fails −\d+/,
    );
    expect(said("casus check buses --fix")).toContain("3 fixes taken");
    expect(said("casus run strike.casus --all-views")).toMatch(
      /makes a strike less likely[^]*no difference \S+ +holds \S+ +fails −\S+/,
    );
    expect(said("casus test buses")).toContain("1 passed and 0 failed");
  });

  it("has two cases that a reader could write in half an hour, laid out as the formatter does", () => {
    const files = blocksOf(readFileSync("docs/tutorial.md", "utf8")).filter((b) => b.kind === "file");
    for (const name of ["buses/buses.casus", "strike.casus"]) {
      const written = files.find((f) => f.name === name)?.text ?? "";
      expect(written.split("\n").length).toBeLessThanOrEqual(80);
      expect(format({ name, text: written })).toBe(written);
    }
  });
});

const recipes = readdirSync("docs/recipes").filter(
  (f) => f.endsWith(".md") && !/^(?:README|reading-runs)\.md$/.test(f),
);

describe("a recipe", () => {
  it("is listed, and is one of at least ten", () => {
    const list = readFileSync("docs/recipes/README.md", "utf8");
    expect(recipes.filter((r) => !list.includes(`(${r})`))).toEqual([]);
    expect(recipes.length).toBeGreaterThanOrEqual(10);
  });

  it.each(recipes)("does what it says: %s", { timeout: 120_000 }, async (recipe) => {
    const page = `docs/recipes/${recipe}`;
    const files = blocksOf(readFileSync(page, "utf8")).flatMap((b) => (b.kind === "file" ? [b] : []));
    const records = Object.fromEntries(files.filter((f) => f.name.endsWith(".csv")).map((f) => [f.name, f.text]));
    const text = files.find((f) => f.name.endsWith(".casus"))?.text ?? "";
    expect(() => read(text, { records })).not.toThrow();
    expect(format({ name: recipe, text })).toBe(text);
    const printed = [...(await follow(page)).values()].join("\n");
    // Every conclusion of a recipe holds: it says what its text says.
    expect(printed).not.toMatch(/^ {2}\S.* (?:fails|no difference|too close)$/m);
  });
});
