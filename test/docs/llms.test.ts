/**
 * The index for assistants, docs/llms.txt, is made of the documentation as it stands: each page by its own title and first sentence. UPDATE=1 writes it
 * anew. Its form is that of llmstxt.org: a title, a summary, then links by section.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, it } from "vitest";

const file = "docs/llms.txt";

/** Pages by section; what is not there is left out. */
const sections: readonly (readonly [title: string, pages: readonly string[]])[] = [
  [
    "Write a case",
    ["docs/assistants.md", "docs/language.md", "docs/tutorial.md", "docs/authoring.md", "docs/glossary.md"],
  ],
  ["Examples", casesIn("casebook")],
  ["Recipes", pagesIn("docs/recipes")],
  ["Use it from a program", ["docs/program.md", "docs/schema/README.md", "docs/interchange.md"]],
  [
    "Optional",
    [
      "docs/teaching.md",
      "docs/casebook.md",
      "docs/games.md",
      "docs/ensembles.md",
      "docs/reliability.md",
      "docs/ARCHITECTURE.md",
    ],
  ],
];

function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .toSorted()
    .map((name) => `${folder}/${name}`);
}

function casesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => `${folder}/${name}/README.md`);
}

/** A page's title, and the first sentence that follows it. */
function headOf(path: string): { readonly title: string; readonly note: string } {
  const text = readFileSync(path, "utf8").replaceAll(/<!--[\s\S]*?-->|^```[\s\S]*?^```/gm, "");
  const title = /^# (.+)$/m.exec(text)?.[1] ?? path;
  const prose = text
    .slice(text.indexOf(title) + title.length)
    .split(/\n{2,}/)
    .map((part) => part.replaceAll(/\s+/g, " ").trim())
    .find((part) => /^[A-Za-z`*[]/.test(part));
  const plain = (prose ?? "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("**", "");
  return { title, note: /^.*?[.:?!](?=\s|$)/.exec(plain)?.[0].replace(/:$/, ".") ?? plain };
}

function llmsText(): string {
  const { description } = JSON.parse(readFileSync("package.json", "utf8")) as { description: string };
  const parts = sections.flatMap(([title, pages]) => {
    const links = pages
      .filter((page) => existsSync(page))
      .map((page) => {
        const { title: own, note } = headOf(page);
        return `- [${own}](${posix.relative("docs", page)})${note === "" ? "" : `: ${note}`}`;
      });
    return links.length === 0 ? [] : [`## ${title}\n\n${links.join("\n")}`];
  });
  const about =
    "A case is plain text in a small language. `casus check` says what is wrong with it, where, and what to write instead; `casus run`, `explain` and `flip` say what follows, what carries it and what would reverse it. Figures come from the tools alone. `casus mcp` offers all of this to an assistant.";
  return [`# Casus`, `> ${description}`, about, ...parts].join("\n\n") + "\n";
}

it("the index for assistants is of the documentation as it stands", () => {
  const made = llmsText();
  if (process.env["UPDATE"] === "1") writeFileSync(file, made);
  expect(readFileSync(file, "utf8")).toBe(made);
  for (const [, link = ""] of made.matchAll(/\]\(([^)]*)\)/g)) expect(existsSync(join("docs", link)), link).toBe(true);
  expect(made).toContain("(language.md)");
});
