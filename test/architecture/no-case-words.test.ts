/** Generic code knows no case: words of the casebook stand nowhere in src/, neither in what readers see nor in comments. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const source = join(import.meta.dirname, "../../src");
const casebook = join(import.meta.dirname, "../../casebook");

/** Whole words that only a case has cause to use; people, places, and what its argument is about. */
const words =
  /\b(wars?|warfare|regimes?|russian?s?|putin|kremlin|nato|ukrain\w*|soviets?|tsars?|belarus|crimea|kyiv|bugajski|durnovo|crowe|kennan|vickrey|soldiers?|troops|invasions?)\b/i;

/** What reads English prose lists English words. */
const cases = /^interchange\/prose\//;

function under(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => name.replaceAll("\\", "/"));
}

const sources = under(source, /\.(ts|tsx|css)$/).filter((name) => !cases.test(name));
const texts = under(casebook, /\.casus$/).map((name) => readFileSync(join(casebook, name), "utf8"));

/** Names of two words that cases declare: claims, views, actors, outcomes and all else but the columns of records. */
const declared = new Set(
  texts.flatMap((text) =>
    [...text.matchAll(/^\s*(?!column)[a-z]+ ([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b/gm)].map(([, name = ""]) => name),
  ),
);

/** Places as `file:line: text`. */
function found(name: string, text: string): readonly string[] {
  return text.split("\n").flatMap((line, i) => (words.test(line) ? [`${name}:${i + 1}: ${line.trim()}`] : []));
}

describe("words of the casebook", () => {
  it("are found where they are planted", () => {
    expect(found("a.ts", 'const note = "one war, inside this model";')).toHaveLength(1);
    expect(found("a.ts", 'const note = "a warning, forwards";')).toHaveLength(0);
  });

  it("are words of the casebook", () => {
    const all = texts.join("\n");
    const listed = (/\((.*)\)/.exec(words.source)?.[1] ?? "").split("|").map((w) => new RegExp(`\\b${w}\\b`, "i"));
    expect(listed.filter((w) => w.test(all)).length).toBeGreaterThan(listed.length / 2);
    expect(declared.size).toBeGreaterThan(200);
  });

  it("stand in no file of src/", () => {
    expect(sources.length).toBeGreaterThan(400);
    expect(sources.flatMap((name) => found(name, readFileSync(join(source, name), "utf8")))).toEqual([]);
  });

  it("nor do the names that cases declare", () => {
    const taken = sources.flatMap((name) =>
      [...readFileSync(join(source, name), "utf8").matchAll(/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g)]
        .filter(([word]) => declared.has(word))
        .map(([word]) => `${name}: ${word}`),
    );
    expect(taken).toEqual([]);
  });
});
