/** The first case against the article itself, where a reader's copy is next to the project; says so where it is not. */

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { coverage } from "#model/coverage.ts";
import { verifySource } from "#model/verify-source.ts";
import { load } from "#cli/load.ts";

const copy = "../shared/sources/bugajski-2022.txt";
const folder = "casebook/kremlin-2022";

if (!existsSync(copy))
  process.stderr.write(
    `\nLEFT OUT: the first case's claims are not compared with the article, since there is no ${copy}.\n\n`,
  );

describe.runIf(existsSync(copy))("the first case's claims", () => {
  const { model } = load(folder);

  it("are each next to a passage, and leave no sentence of the argument aside", () => {
    if (model === null) throw new Error("no model");
    const [found, ...more] = verifySource(model, { name: "copy", text: readFileSync(copy, "utf8") });
    expect(more).toEqual([]);
    expect(found?.diagnostics).toEqual([]);
    expect(found?.located.map((l) => l.claim)).toEqual(Array.from({ length: 23 }, (_, i) => `A${i + 1}`));
    // Paragraph 0 is the title; after the argument come the author's note and links.
    const left = coverage(model, { article: found?.sentences ?? [] }).uncovered["article"] ?? [];
    expect(left.filter((s) => s.paragraph >= 1 && s.paragraph <= 9)).toEqual([]);
  });

  it("are located in no other text", () => {
    if (model === null) throw new Error("no model");
    const [found] = verifySource(model, { name: "copy", text: `${readFileSync(copy, "utf8")} And more.` });
    expect([found?.located, found?.diagnostics.map((d) => d.code)]).toEqual([[], ["wrong-document"]]);
  });
});
