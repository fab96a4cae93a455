import { expect, test } from "vitest";
import fc from "fast-check";
import { diagnose } from "#text/diagnostic.ts";
import { printDiagnostics } from "#text/print.ts";
import { positionAt } from "#text/span.ts";

const document = { name: "case.casus", text: "case a\n\tlet x = suport\r\nlet y = 1\n" };
const at = (word: string): { document: string; start: number; end: number } => {
  const start = document.text.indexOf(word);
  return { document: document.name, start, end: start + word.length };
};

test("place, line, carets, what to write, notes with their own places", () => {
  const found = diagnose("wrong-document", at("suport"), { source: "memo", wanted: "aa", found: "bb" }, [
    { message: "the source is declared here", span: at("case") },
    { message: "a remark without a place" },
  ]);
  expect(printDiagnostics([found], [document])).toBe(
    [
      "error[wrong-document]: the file given is not the document 'memo': its SHA-256 is bb, the case names aa",
      " --> case.casus:2:10",
      "  |",
      "2 | \tlet x = suport",
      "  | \t        ^^^^^^",
      "  = give the file whose hash the case names, or correct the hash in the source",
      "  note: the source is declared here",
      " --> case.casus:1:1",
      "  |",
      "1 | case a",
      "  | ^^^^",
      "  = note: a remark without a place",
      "",
      "1 error",
      "",
    ].join("\n"),
  );
});

test("diagnostics come in order of place", () => {
  const later = diagnose("source-without-hash", at("y"), { source: "late", found: "" });
  const earlier = diagnose("source-without-hash", at("x"), { source: "soon", found: "" });
  const printed = printDiagnostics([later, earlier], [document]);
  expect(printed.indexOf("soon")).toBeLessThan(printed.indexOf("late"));
  expect(printed.trimEnd().endsWith("2 errors")).toBe(true);
});

test("control characters and direction marks never reach the terminal; a long line is cut around the caret", () => {
  const text = `let ${"a".repeat(300)}\u001b[31m\u202e x = bad ${"b".repeat(300)}`;
  const start = text.indexOf("bad");
  const printed = printDiagnostics(
    [diagnose("source-without-hash", { document: "d", start, end: start + 3 }, { source: "s", found: "" })],
    [{ name: "d", text }],
  );
  expect(printed).not.toContain("\u001b");
  expect(printed).not.toContain("\u202e");
  const [line, carets] = printed.split("\n").slice(3, 5) as [string, string];
  expect(line.length).toBeLessThan(180);
  expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("bad");
});

test("any span in any text prints", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\t", " ", "é"), maxLength: 30 }),
      fc.nat(40),
      fc.nat(10),
      (text, start, length) => {
        const printed = printDiagnostics(
          [diagnose("source-without-hash", { document: "d", start, end: start + length }, { source: "s", found: "" })],
          [{ name: "d", text }],
        );
        const { line, column } = positionAt(text, start);
        expect(printed).toContain(`d:${line}:${column}`);
        expect(printed).toMatch(/\^/);
      },
    ),
  );
});
