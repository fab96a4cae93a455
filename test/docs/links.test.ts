/** Links between the project's own pages lead somewhere; the README's commands are those of the package. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((f) => f !== "" && existsSync(f));

/** Relative targets of links and pictures, without their anchors; code is no link. */
function targets(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/```[^]*?```/g, "").replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((m) => (m[1] ?? "").replace(/#.*$/, ""))
    .filter((t) => t !== "" && !/^[a-z]+:/.test(t));
}

/** Pages and sources, where they name files of the project. */
const texts = execFileSync("git", ["ls-files", "*.md", "src/*.ts", "src/*.tsx", "scripts/*.mjs", ".ci"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((f) => f !== "" && f !== "CHANGELOG.md" && existsSync(f));

/** What a command writes and nobody keeps. */
const made = new Set(["bench/results.json"]);

/** Paths of whole files from the project's root; a name in capitals or a star stands for any. */
function pathsIn(text: string): readonly string[] {
  const found = text.matchAll(
    /(?<![\w/.-])(?:src|test|docs|bench|bin|casebook|scripts)\/[\w./*{},-]*\.(?:ts|tsx|md|json|mjs|js|svg|png|casus|txt)\b/g,
  );
  return [...found]
    .map(([path]) => path)
    .filter((path) => !/[*{}]|[A-Z]{3,}/.test(path.replace(/ARCHITECTURE|README/g, "")));
}

describe("the project's pages", () => {
  it("are found, links and all", () => {
    expect(pages).toContain("README.md");
    expect(targets("[a](b.md#c) ![d](e.svg) [f](https://g) `[h](i)`")).toEqual(["b.md", "e.svg"]);
  });

  for (const page of pages)
    it(`${page} links to what is there`, () => {
      const missing = targets(readFileSync(page, "utf8")).filter((t) => !existsSync(normalize(join(dirname(page), t))));
      expect(missing).toEqual([]);
    });

  it("and the code name only files that are there", () => {
    const missing = texts.flatMap((file) =>
      pathsIn(readFileSync(file, "utf8"))
        .filter((path) => !existsSync(path) && !made.has(path))
        .map((path) => `${file}: ${path}`),
    );
    expect(missing).toEqual([]);
    expect(pathsIn("see `src/text/near.ts`, docs/decisions/001-the-step.md. And src/NAME.ts, docs/*.md")).toEqual([
      "src/text/near.ts",
      "docs/decisions/001-the-step.md",
    ]);
  });

  it("name only npm scripts that the package has", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    const named = pages.flatMap((p) =>
      [...readFileSync(p, "utf8").matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map((m) => m[1] ?? m[2] ?? ""),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((n) => scripts[n] === undefined)).toEqual([]);
  });
});
