/** The tree, its text, its theme and its tables: hostile words stay words; places and widths are as computed by hand. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { element } from "#report/picture/element.ts";
import { isSafeLink } from "#text/link.ts";
import { markup } from "#report/picture/markup.ts";
import { widthAt, wrapped } from "#report/picture/measure.ts";
import { spread } from "#report/picture/spread.ts";
import { markdownText, tableCsv, tableMarkdown, tableNode } from "#report/picture/table.ts";
import { fill, stroke, themeStyle } from "#report/picture/theme.ts";
import { dateLabel, timeLabel, timeOfIso, timeTicks } from "#report/picture/time-axis.ts";

const hostile = `</text><script>alert("1")</script>&'\u0000\u202E`;

describe("markup", () => {
  it("escapes words and attributes", () => {
    expect(markup(element("text", { "aria-label": hostile }, hostile))).toBe(
      `<text aria-label="&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;' ">&lt;/text&gt;&lt;script&gt;alert("1")&lt;/script&gt;&amp;' </text>`,
    );
  });

  it("never lets a word open a tag", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const made = markup(element("p", { title: text }, text));
        return (made.match(/</g) ?? []).length === 2 && (made.match(/"/g) ?? []).length >= 2;
      }),
    );
  });

  it("refuses what could run or load", () => {
    expect(() => markup(element("g", { onclick: "x" }))).toThrow(/no picture|style sheet/);
    expect(() => markup(element("a", { href: "javascript:alert(1)" }))).toThrow(/no picture|style sheet/);
    expect(() => markup(element("rect", { fill: "url(http://elsewhere)" }))).toThrow(/no picture|style sheet/);
    expect(() => markup(element("style", {}, "</style><script>"))).toThrow(/no picture|style sheet/);
    expect(() => markup(element("g", { 'x"y': "z" }))).toThrow(/no picture|style sheet/);
    expect(isSafeLink("mailto:a@example.org")).toBe(true);
  });
});

describe("theme", () => {
  it("reaches 4.5 : 1 for every colour that words are written in, in light and in dark (WCAG 2.2, 1.4.3)", () => {
    const css = themeStyle();
    const sets = [...css.matchAll(/--picture-(\w+):(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? "", m[2] ?? ""] as const);
    const half = sets.length / 3;
    for (const set of [sets.slice(0, half), sets.slice(half, 2 * half), sets.slice(2 * half)]) {
      const paper = set.find(([n]) => n === "paper")?.[1] ?? "";
      for (const name of ["ink", "soft", "blue", "orange", "teal", "purple"])
        expect(contrast(set.find(([n]) => n === name)?.[1] ?? "", paper), name).toBeGreaterThanOrEqual(4.5);
      expect(contrast(set.find(([n]) => n === "rule")?.[1] ?? "", paper)).toBeGreaterThanOrEqual(3);
    }
  });

  it("holds a colour also where no style sheet is read", () => {
    expect(fill("blue")).toEqual({ class: "fill-blue", fill: "#2463a8" });
    expect(stroke("grid")).toMatchObject({ class: "stroke-grid", stroke: "#e3e6e9" });
  });
});

/** Relative luminance and contrast of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe("places", () => {
  it("keeps labels apart and in order", () => {
    expect(spread([10, 12, 50], 10, 0, 100)).toEqual([6, 16, 50]);
    expect(spread([95, 98], 10, 0, 100)).toEqual([90, 100]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 8 }), (wanted) => {
        const places = spread(wanted, 10, 0, 100).toSorted((a, b) => a - b);
        return places.every((p, i) => i === 0 || p - (places[i - 1] ?? 0) >= 10 - 1e-9);
      }),
    );
  });

  it("measures as Helvetica does", () => {
    // A 667, V 667, space 278 thousandths (Adobe's font metrics), times 1.02 for other fonts of the stack.
    expect(widthAt(10, "A V")).toBeCloseTo(16.12 * 1.02, 2);
    expect(wrapped("one two three", 10, widthAt(10, "one two"))).toEqual(["one two", "three"]);
    for (const line of wrapped("an incomprehensibilities", 10, 40)) expect(widthAt(10, line)).toBeLessThanOrEqual(40);
  });

  it("puts ticks on years, months, and plain numbers", () => {
    const monthly = { start: "2022-01-01", origin: 0, unit: "month" } as const;
    expect(timeTicks(monthly, 0, 120, 6).map((t) => [t.at, t.label])).toEqual(
      [2022, 2024, 2026, 2028, 2030, 2032].map((y) => [(y - 2022) * 12, String(y)]),
    );
    expect(timeTicks(monthly, 0, 6, 8).map((t) => t.label)).toEqual([
      "Jan 2022",
      "Feb",
      "Mar",
      "Apr",
      "May",
      "Jun",
      "Jul",
    ]);
    expect(timeTicks({ start: null, origin: 5, unit: "day" }, 0, 10, 3)[0]).toEqual({ at: 0, label: "5" });
    expect(timeLabel({ start: "2024-02-28", origin: 0, unit: "day" }, 2)).toBe("1 Mar 2024");
    expect(timeOfIso(monthly, "2023-07-01")).toBe(18);
    expect(dateLabel("2022-02-24")).toBe("24 Feb 2022");
  });
});

describe("tables", () => {
  const table = {
    caption: "x",
    columns: ["a", "b"],
    rows: [
      ["<b>|*", "1,2"],
      ["=1+1", "3"],
    ],
  };
  it("are nodes, Markdown and values, and nothing in them is markup", () => {
    expect(markup(tableNode(table))).toContain("&lt;b&gt;|*");
    expect(tableMarkdown(table)).toBe(String.raw`| a | b |
|---|---|
| &lt;b>\|\* | 1,2 |
| =1+1 | 3 |`);
    expect(tableCsv(table)).toBe(`a,b\r\n<b>|*,"1,2"\r\n'=1+1,3\r\n`);
    expect(["1. x", "95.0", "0.4 to 1", "12.", "+3"].map(markdownText)).toEqual([
      String.raw`1\. x`,
      "95.0",
      "0.4 to 1",
      String.raw`12\.`,
      String.raw`\+3`,
    ]);
    expect(markdownText("[x](javascript:y)")).toBe(String.raw`\[x\]\(javascript:y\)`);
  });
});
