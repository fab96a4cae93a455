import { existsSync, readdirSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
/** The reader's copy of a source is never part of the project; where it lies beside it, the project is held against it. */
const sources = join(root, "../shared/sources");
const runLength = 6;

function words(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\d']+/gu) ?? []
  );
}

function runs(text: string): string[] {
  const all = words(text);
  return all.slice(0, Math.max(0, all.length - runLength + 1)).map((_, i) => all.slice(i, i + runLength).join(" "));
}

function quotations(text: string, quotable: ReadonlySet<string>): string[] {
  return runs(text).filter((run) => quotable.has(run));
}

test("six words in a row of the source are found, five are not", () => {
  const source = new Set(runs("One two three four, five six seven."));
  expect(quotations("he said: two THREE four five six seven!", source)).toEqual(["two three four five six seven"]);
  expect(quotations("two three four five six eight", source)).toEqual([]);
});

describe.runIf(existsSync(sources))("with the sources at hand", () => {
  test("nothing in the project repeats six words in a row of a source, but for its title and its author's books", () => {
    const allowed = /what is vladimir putin afraid of|eurasian disunion|failed state/;
    const quotable = new Set(
      readdirSync(sources)
        .filter((name) => name !== "README.md")
        .flatMap((name) => runs(readFileSync(join(sources, name), "utf8")))
        .filter((run) => !allowed.test(run)),
    );
    expect(quotable.size).toBeGreaterThan(500);
    const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    });
    const guilty = files
      .split("\n")
      .filter(
        (f) => /\.(casus|md|ts|svg|json|csv|html)$/.test(f) && f !== "package-lock.json" && existsSync(join(root, f)),
      )
      .flatMap((f) => quotations(readFileSync(join(root, f), "utf8"), quotable).map((q) => `${f}: ${q}`));
    expect(guilty).toEqual([]);
  });
});
