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
