/** What is printed for copying stays in one line, whatever the screen; the words around it are broken to its width. */

import { expect, it } from "vitest";
import { addedBlocks } from "#report/sections/shelf-section.ts";
import { draftBlocks } from "#report/sections/begin-section.ts";
import { plainPalette } from "#report/render/palette.ts";
import { terminalText } from "#report/render/terminal.ts";
import type { Block } from "#report/sections/blocks.ts";

const folder = "/home/somebody/arguments about the economy/rates and prices";
const printed = (blocks: readonly Block[]) => terminalText(blocks, { width: 60, palette: plainPalette }).split("\n");

it("a draft's paths and commands are whole; places past the twelfth are counted", () => {
  const assertions = [
    { paragraph: 1, sentence: 16, kinds: ["causal", "premise"], voice: null },
    { paragraph: 1, sentence: 17, kinds: ["causal"], voice: "critics" },
  ];
  const left = Array.from({ length: 15 }, (_, i) => ({ why: "too short", paragraph: 1, sentence: i + 1 }));
  const lines = printed(
    draftBlocks(
      { folder, file: `${folder}/rates.casus` },
      {
        assertions,
        left: [{ why: "a title", paragraph: 0, sentence: 1 }, ...left],
        actors: [],
        isEnglish: true,
      },
      { from: "letter.md", copy: `${folder}/text/letter.txt`, passages: `${folder}/text/passages.md` },
    ),
  );
  expect(lines).toContain(`${folder}/rates.casus`);
  expect(lines).toContain(`     casus check ${folder} --source ${folder}/text/letter.txt`);
  expect(lines).toContain(`     casus web ${folder}`);
  expect(lines).toContain("17 sentences of letter.md: 2 draft claims (2 causal).");
  expect(lines).toContain("Of these, what it reports of others: p1 s17.");
  expect(lines.join(" ")).not.toContain("a title");
  expect(lines.join(" ")).toMatch(/p1 s11,\s+p1 s12 and 3 more/);
  for (const line of lines.filter((l) => !l.includes(folder))) expect(line.length).toBeLessThanOrEqual(60);
});

it("a part that was added says where it is from, and not which names it had", () => {
  const lines = printed(
    addedBlocks(`${folder}/rates.casus`, {
      name: "mill",
      title: "A mill.",
      heading: [
        ["Names", "mill"],
        ["Source", "Smith (1776)"],
      ],
    }),
  );
  expect(lines).toEqual([`${folder}/rates.casus`, "A mill.", "Source: Smith (1776)", ""]);
});
