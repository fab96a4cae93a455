/** Generic code knows no case: words of the casebook stand nowhere in src/, neither in what readers see nor in comments. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const source = join(import.meta.dirname, "../../src");

/** Whole words that only a case has cause to use; people, places, and what its argument is about. */
const words =
  /\b(wars?|warfare|regimes?|russian?s?|putin|kremlin|nato|ukrain\w*|soviets?|tsars?|belarus|crimea|kyiv|bugajski|durnovo|crowe|kennan|vickrey|soldiers?|troops|invasions?)\b/i;

/** A template for new users is a case of its own; what reads English prose lists English words. */
const cases = /^(cli\/(starter|templates?)|interchange\/prose\/)/;

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|css)$/.test(name))
    .map((name) => name.replaceAll("\\", "/"));
}

/** Places as `file:line: text`. */
function found(name: string, text: string): readonly string[] {
  return text.split("\n").flatMap((line, i) => (words.test(line) ? [`${name}:${i + 1}: ${line.trim()}`] : []));
}

describe("words of the casebook", () => {
  it("are found where they are planted", () => {
    expect(found("a.ts", 'const note = "one war, inside this model";')).toHaveLength(1);
    expect(found("a.ts", 'const note = "a warning, forwards";')).toHaveLength(0);
  });

  it("stand in no file of src/", () => {
    const all = sources(source)
      .filter((name) => !cases.test(name))
      .flatMap((name) => found(name, readFileSync(join(source, name), "utf8")));
    expect(all).toEqual([]);
  });
});
