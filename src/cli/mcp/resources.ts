/** What an assistant may read: the language's reference and the other documentation, parts, the casebook, and the cases of the served folder. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Usage } from "../disk.ts";
import { filesOf, readCase } from "../files.ts";
import { packageFolder } from "../package-folder.ts";
import { caseInside } from "./ground.ts";

/** One thing to read. */
interface ReadableText {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly mimeType: string;
}

/** A text of the package, and where it lies there. */
interface Shipped extends ReadableText {
  readonly file: string;
}

const shipped = fileURLToPath(packageFolder);
const markdown = "text/markdown";
const plainText = "text/plain";

/** Pages of the documentation, and what an assistant reads them for. */
const documents = {
  language: "Every declaration and expression, with examples that run. Read it before writing a case.",
  tutorial: "From a short text to a published page.",
  assistants: "The rules of a case that is drafted by an assistant, and what each tool is for.",
  glossary: "Each term once.",
};

/** What comes with the package and is there. */
export function shippedTexts(): readonly Shipped[] {
  const docs = Object.entries(documents).map(([name, description]) => ({
    uri: `casus://docs/${name}`,
    name,
    title: name,
    description,
    mimeType: markdown,
    file: `docs/${name}.md`,
  }));
  const folders = [
    ...["parts", "templates"].flatMap((folder) =>
      namesIn(folder, ".casus").map((file) => ({
        uri: `casus://${folder}/${basename(file, ".casus")}`,
        name: `${folder}/${basename(file, ".casus")}`,
        title: titleOf(join(folder, file)),
        description:
          folder === "parts"
            ? "A part to build with: text of the language, with its source and when not to use it."
            : "A template: a small case that runs, to be written over.",
        mimeType: plainText,
        file: join(folder, file),
      })),
    ),
    ...namesIn("casebook", "").map((name) => ({
      uri: `casus://casebook/${name}`,
      name: `casebook/${name}`,
      title: name,
      description: "A finished case of the casebook, as an example.",
      mimeType: plainText,
      file: join("casebook", name),
    })),
  ];
  return [...docs, ...folders].filter(({ file }) => existsSync(join(shipped, file)));
}

/** The text of one of them; a case of several files as one text. Null where there is none of that address. */
export function readShipped(uri: string): { readonly text: string; readonly mimeType: string } | null {
  const found = shippedTexts().find((t) => t.uri === uri);
  if (found === undefined) return null;
  const path = join(shipped, found.file);
  return {
    text: statSync(path).isDirectory() ? wholeCase(path) : readFileSync(path, "utf8"),
    mimeType: found.mimeType,
  };
}

/** Cases of the served folder: each file alone there, and each folder in it that holds some. */
export function casesHere(): readonly string[] {
  const folders = readdirSync(".", { withFileTypes: true }).filter((d) => d.isDirectory() && !d.name.startsWith("."));
  return [...filesOf("."), ...folders.map((d) => d.name).filter((name) => filesOf(name).length > 0)].toSorted();
}

/** The text of a case of the served folder. Throws `Usage` where it is none, or leads out. */
export function readCaseHere(path: string): string {
  return wholeCase(caseInside(path));
}

function wholeCase(path: string): string {
  const files = readCase(path);
  if (files.length === 0) throw new Usage(`${path} is no case`);
  return files.map(({ name, text }) => (files.length === 1 ? text : `// ---- ${basename(name)}\n\n${text}`)).join("\n");
}

function namesIn(folder: string, ending: string): readonly string[] {
  const path = join(shipped, folder);
  return existsSync(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith(ending))
        .toSorted()
    : [];
}

/** The first comment line says what a part is. */
function titleOf(file: string): string {
  return /^\/\/ (.*)/.exec(readFileSync(join(shipped, file), "utf8"))?.[1] ?? basename(file);
}
