/** Damaged files of every kind that is imported: each is a case whose text is right, or refused with a place, what is wrong and what to do. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { foreignText } from "#cli/foreign-text.ts";
import { solveFile } from "#analysis/play/play-file.ts";
import { readCsv } from "#evidence/csv.ts";
import { importArgument } from "#interchange/argument/draft-case.ts";
import { importModel } from "#interchange/dynamics/import-model.ts";
import { UnreadableFile } from "#interchange/problem.ts";
import { writeSeries } from "#interchange/tables/write-series.ts";
import { parse } from "#language/parser.ts";
import { isClean } from "#text/diagnostic.ts";
import type { Document } from "#text/span.ts";

type Outcome =
  | { readonly kind: "case"; readonly text: string }
  | { readonly kind: "game" }
  | { readonly kind: "refused"; readonly message: string };

function model(document: Document): Outcome {
  return { kind: "case", text: importModel(document).text };
}

function argument(document: Document): Outcome {
  return { kind: "case", text: importArgument(document).text };
}

function series(document: Document): Outcome {
  const csv = readCsv(document.text);
  if (!csv.ok) return { kind: "refused", message: `${csv.line}: ${csv.why}` };
  const wish = { name: "p", of: "x", dates: "month", values: "approve", unit: "", error: "1%", discrepancy: "1%" };
  return { kind: "case", text: writeSeries(document, csv.rows, wish) };
}

function game({ text }: Document): Outcome {
  const [found, problems] = solveFile(text);
  if (found !== null) return { kind: "game" };
  expect(problems.length).toBeGreaterThan(0);
  for (const p of problems) expect([p.line, p.column].every((n) => n >= 1)).toBe(true);
  return { kind: "refused", message: problems.map((p) => p.message).join() };
}

const kinds: readonly (readonly [string, string, (document: Document) => Outcome])[] = [
  ["a.mdl", readFileSync("test/interchange/models/market.mdl", "utf8"), model],
  ["a.xmile", readFileSync("test/interchange/models/water.xmile", "utf8"), model],
  ["a.argdown", "===\ntitle: T\n===\n\n[Claim]: It holds.\n  + [Reason]: Because.\n  - <Attack>: No.\n", argument],
  [
    "a.json",
    '{"nodes":[{"nodeID":"1","text":"A holds","type":"I"},{"nodeID":"2","text":"B","type":"I"},{"nodeID":"3","text":"","type":"RA"}],\n"edges":[{"edgeID":"1","fromID":"2","toID":"3"},{"edgeID":"2","fromID":"3","toID":"1"}]}\n',
    argument,
  ],
  ["a.csv", "month,approve\n2024-03,21\n2024-06,24.5\n", series],
  ["a.nfg", 'NFG 1 R "x" { "A" "B" } { 2 2 }\n\n1 1 0 0 0 0 1 1\n', game],
  ["a.efg", 'EFG 2 R "x" { "A" "B" }\n"" \np "" 1 1 "" { "l" "r" } 0\nt "" 1 "a" { 1 2 }\nt "" 2 "b" { 3 4 }\n', game],
  ["a.agg", "#AGG\n2 2 0\n2 2\n0 1\n0 1\n1 0\n1 1\n0 1 2\n0 3 4\n", game],
  [
    "a.gbt",
    '<?xml version="1.0"?>\n<gambit:document version="0.1">\n<game>\n<nfgfile>\nNFG 1 R "x" { "A" "B" } { 2 2 }\n\n1 1 0 0 0 0 1 1\n</nfgfile>\n</game>\n</gambit:document>\n',
    game,
  ],
];

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string, isBig: boolean, mark: readonly number[]): Uint8Array {
  const units = [...text].flatMap((c) => {
    const code = c.charCodeAt(0);
    return isBig ? [code >> 8, code & 255] : [code & 255, code >> 8];
  });
  return Uint8Array.from([...mark, ...units]);
}

/** The same text in other clothes. */
const clothes: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ["as it is", bytes],
  ["with a mark of UTF-8", (t) => bytes(`\uFEFF${t}`)],
  ["with the line ends of Windows", (t) => bytes(t.replaceAll("\n", "\r\n"))],
  ["with the line ends of old Macs", (t) => bytes(t.replaceAll("\n", "\r"))],
  ["in UTF-16 with a mark", (t) => utf16(t, false, [0xff, 0xfe])],
  ["in UTF-16, the other way round", (t) => utf16(t, true, [0xfe, 0xff])],
  ["in UTF-16 without a mark", (t) => utf16(t, false, [])],
  ["in UTF-16, the other way round, without a mark", (t) => utf16(t, true, [])],
];

/** What is none of the kinds. */
const strangers: readonly (readonly [string, Uint8Array])[] = [
  ["nothing", new Uint8Array(0)],
  ["blanks", bytes(" \n\n")],
  ["a web page", bytes("<!DOCTYPE html><html><body><p>Not found</p></body></html>")],
  ["a ZIP archive", bytes(`PK\u0003\u0004${"\0".repeat(60)}`)],
  ["all bytes", Uint8Array.from({ length: 2000 }, (_, i) => i % 256)],
  ["other JSON", bytes('{"a":1}')],
  ["brackets without end", bytes("[".repeat(30_000))],
  ["elements without end", bytes("<a>".repeat(10_000))],
  ["one long word", bytes("x".repeat(30_000))],
];

/** What came of it; anything but `UnreadableFile` that is thrown fails the test. */
function outcomeOf(name: string, found: Uint8Array, read: (document: Document) => Outcome): Outcome {
  const document = { name, text: foreignText(found) };
  try {
    const outcome = read(document);
    if (outcome.kind !== "case") return outcome;
    const [, syntax] = parse({ name: "made.casus", text: outcome.text });
    expect(isClean(syntax), outcome.text).toBe(true);
    return outcome;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { hint, span } = error.diagnostic;
    expect(hint).toMatch(/^\S+ \S/);
    expect(span.document).toBe(name);
    expect(span.start).toBeLessThanOrEqual(Math.max(0, document.text.length));
    return { kind: "refused", message: error.message };
  }
}

describe.each(kinds)("%s", (name, text, read) => {
  it.each(clothes)("is read %s", (_, dress) => {
    const plain = outcomeOf(name, bytes(text), read);
    expect(plain.kind).not.toBe("refused");
    expect(outcomeOf(name, dress(text), read)).toEqual(plain);
  });

  it.each(strangers)("is refused where it is %s", (_, found) => {
    expect(outcomeOf(name, found, read).kind).toBe("refused");
  });

  it("cut short anywhere, or with a line doubled or gone, is read or refused, never worse", () => {
    const whole = bytes(text);
    const met = (found: Uint8Array): void => expect(outcomeOf(name, found, read)).toHaveProperty("kind");
    for (let k = 1; k < 8; k++) met(whole.subarray(0, Math.floor((whole.length * k) / 8)));
    const lines = text.split("\n");
    const every = Math.ceil(lines.length / 6);
    for (let k = 0; k < lines.length; k += every) {
      met(bytes([...lines.slice(0, k), ...lines.slice(k + 1)].join("\n")));
      met(bytes([...lines.slice(0, k + 1), ...lines.slice(k)].join("\n")));
    }
  });
});
