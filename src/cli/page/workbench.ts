/** Makes the workbench: a page with a shelf of templates and cases to begin from, its text next to it. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, writePage, type PageData, type PageHead, type ShelfCase } from "#internal.ts";
import { packageFolder } from "../package-folder.ts";
import { readShelf } from "../shelf.ts";
import { headOf, pageOfText, pageWithoutFindings, type PageOptions } from "./case-page.ts";

/** A workbench as files: its own data, what its document says, and the files next to it by name. */
interface WorkbenchPage {
  readonly data: PageData;
  readonly head: PageHead;
  readonly files: ReadonlyMap<string, Buffer>;
}

const shipped = fileURLToPath(packageFolder);

/** What the casebook's script found of a case. */
interface CaseFacts {
  readonly name: string;
  readonly answer: { readonly text: string; readonly verdict: string } | null;
  readonly view: string;
  readonly history: string;
}

/** The template that a workbench opens with. */
const first = "policy";

/** Nothing is run: the page makes its own runs in the browser. */
export function makeWorkbench(o: PageOptions): WorkbenchPage {
  const templates = readShelf("templates").map(({ name, title, document }) => {
    const page = pageOfText({ name: `${name}.casus`, text: format(document) }, o);
    return { name: `template-${name}`, kind: "template" as const, page, title };
  });
  const data = (templates.find((t) => t.name === `template-${first}`) ?? templates[0])?.page;
  if (data === undefined) throw new Error("the package has no templates");
  const items = [
    ...templates,
    ...casesShipped().map(({ name, path }) => {
      const page = pageWithoutFindings(path, o);
      return { name, kind: "case" as const, page, title: page.model?.title ?? name };
    }),
  ];
  const facts = new Map(knownFacts().map((f) => [f.name, f]));
  const shelf = items.map(({ name, kind, title }): ShelfCase => {
    const known = facts.get(name);
    const answer = known?.answer ?? null;
    return {
      name,
      kind,
      title,
      answer: answer === null ? null : `${answer.text}: ${answer.verdict}, under ${known?.view ?? ""}.`,
      history: known?.history ?? null,
      file: `shelf/${name}.json`,
    };
  });
  return {
    data,
    head: {
      ...headOf(data, "self"),
      title: "Casus: write an argument and see what follows",
      description: "Write a case as text and see it run, in this browser, with nothing installed.",
      fallback: "",
      shelf,
    },
    files: new Map(items.map(({ name, page }) => [`shelf/${name}.json`, Buffer.from(writePage(page))])),
  };
}

function casesShipped(): readonly { readonly name: string; readonly path: string }[] {
  return shippedNames("casebook").map((name) => ({ name, path: join(shipped, "casebook", name) }));
}

function shippedNames(folder: string): readonly string[] {
  const path = join(shipped, folder);
  return existsSync(path) ? readdirSync(path).toSorted() : [];
}

function knownFacts(): readonly CaseFacts[] {
  const file = join(shipped, "docs/casebook.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { cases: readonly CaseFacts[] }).cases : [];
}
