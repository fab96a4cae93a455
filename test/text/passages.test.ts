import { expect, test } from "vitest";
import fc from "fast-check";
import { paragraphs } from "#text/passages.ts";

const shape = (text: string): string[][] =>
  paragraphs({ name: "memo", text }).map((p) => p.sentences.map((s) => s.text));

test("blank lines part paragraphs, the title is number 0", () => {
  expect(shape("Title here\n\nOne. Two!\nThree?\n\n \nFour.\n")).toEqual([
    ["Title here"],
    ["One.", "Two!", "Three?"],
    ["Four."],
  ]);
});

test("initials, titles and lower case after a full stop do not end a sentence", () => {
  expect(shape("Talks between the U.S. and NATO failed. Mr. Smith left. He took approx. five minutes.")).toEqual([
    ["Talks between the U.S. and NATO failed.", "Mr. Smith left.", "He took approx. five minutes."],
  ]);
});

test("closing quotes belong to the sentence they close", () => {
  expect(shape("Why do they want “guarantees”? “Because.” Then came silence.")).toEqual([
    ["Why do they want “guarantees”?", "“Because.”", "Then came silence."],
  ]);
});

test("spans give back the passage, and nothing but white space is lost", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "B", ".", "!", " ", "\n", "”", "U"), maxLength: 80 }),
      (text) => {
        const all = paragraphs({ name: "memo", text }).flatMap((p) => p.sentences);
        for (const s of all) expect(text.slice(s.span.start, s.span.end).replaceAll(/\s+/g, " ")).toBe(s.text);
        expect(
          all
            .map((s) => s.text)
            .join("")
            .replaceAll(/\s/g, ""),
        ).toBe(text.replaceAll(/\s/g, ""));
      },
    ),
  );
});

test("a paragraph as long as a book is split as its parts are, in time that grows with its length", () => {
  const said = [
    "The U.S. and NATO met.",
    "Mr. Smith left; No. 5 stayed.",
    "“Why?” he asked.",
    "It rose by 3.5 per cent (see p. 7).",
  ];
  const alone = said.flatMap((s) => shape(s)[0] ?? []);
  const [whole = []] = shape(Array.from({ length: 2000 }, () => said.join(" ")).join(" "));
  expect(whole.length).toBe(2000 * alone.length);
  expect(whole.every((s, i) => s === alone[i % alone.length])).toBe(true);
  // A sentence longer than what is looked at in one go is one sentence still.
  const long = `It went ${"on and ".repeat(5000)}on.`;
  expect(shape(`${long} Then it stopped.`)).toEqual([[long, "Then it stopped."]]);
});
