/** What the fuzzer starts from: texts by kind, read from the tests, the docs, the casebook and the corpus of earlier faults. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const corpus = join(import.meta.dirname, "corpus");
/** Files of other programs, written to be changed. */
const seeds = join(import.meta.dirname, "seeds");

/** Longer texts cost more than they find. */
const longest = 20_000;

function filesUnder(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => join(folder, name));
}

const read = (path) => readFileSync(path, "utf8");

/** The fenced blocks of a Markdown file that hold a whole case. */
function casesOfDocs(path) {
  return [...read(path).matchAll(/```[^\n]*\n([\s\S]*?)```/g)]
    .map((m) => m[1])
    .filter((t) => /^\s*(case|claim)\b/m.test(t));
}

/** Windows of whole lines of a long text, so that its parts are mutated too. */
function windows(text, lines = 40) {
  if (text.length <= longest) return [text];
  const all = text.split("\n");
  const head = all.slice(0, 12).join("\n");
  const found = [];
  for (let i = 0; i < all.length; i += lines) found.push(`${head}\n${all.slice(i, i + lines).join("\n")}`);
  return found;
}

const quoted = (text) => [...text.matchAll(/`((?:EFG|NFG)[^`]*)`/g)].map((m) => m[1].replaceAll("${", ""));

/** Lists of texts by kind of input. */
export function seedTexts() {
  const cases = [
    ...filesUnder(join(root, "test"), ".casus"),
    ...filesUnder(join(root, "casebook"), ".casus"),
    ...filesUnder(corpus, ".casus"),
  ];
  const games = ["efg", "nfg"].flatMap((ending) => filesUnder(join(root, "test"), `.${ending}`).map(read));
  const gameTests = filesUnder(join(root, "test/game"), ".ts").flatMap((path) => quoted(read(path)));
  const others = filesUnder(join(root, "casebook"), ".csv").map((path) => read(path).slice(0, 3000));
  const own = (ending) => filesUnder(seeds, ending).map(read);
  const models = (ending) => filesUnder(join(root, "test/interchange"), ending).map(read);
  return {
    case: [
      ...cases.flatMap((path) => windows(read(path))),
      ...filesUnder(join(root, "docs"), ".md").flatMap((path) => casesOfDocs(path)),
    ],
    game: [...games, ...gameTests],
    // The columns that the target's record has, as often as all others together.
    csv: [...others, ...others.flatMap(() => own(".csv"))],
    xmile: [".xmile", ".xml"].flatMap((ending) => [...own(ending), ...models(ending)]),
    mdl: [...own(".mdl"), ...models(".mdl")],
    argdown: own(".argdown"),
    aif: own(".aif"),
    lines: own(".jsonl"),
    fragment: own(".settings"),
    settings: own(".settings").map((text) => `{"schema":"casus/settings@1","case":"fuzz",${text.trim().slice(1)}`),
  };
}

/** Kinds whose inputs are bytes, held as texts of characters 0 … 255. */
export const binaryKinds = ["table", "parquet"];

const kindOfEnding = { casus: "case", efg: "game", nfg: "game", json: "settings", jsonl: "lines", xml: "xmile" };

/** The kind of target a file goes to, by the ending of its name. */
export function kindOf(name) {
  const ending = name.split(".").at(-1);
  return kindOfEnding[ending] ?? ending;
}

/** Inputs that once failed, each with the kind of target it goes to. */
export function corpusInputs() {
  return readdirSync(corpus)
    .toSorted()
    .map((name) => {
      const kind = kindOf(name);
      return { name, kind, input: readFileSync(join(corpus, name), binaryKinds.includes(kind) ? "latin1" : "utf8") };
    });
}
