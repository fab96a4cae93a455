/** The chain: arrows pass between boxes and through none, numbers and signs stand over nothing, few arrows cross, whatever it is made of. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chainChart, type ChainChartData } from "#report/charts/chain-chart.ts";
import { layChain } from "#report/charts/chain-layout.ts";
import { elementsOf, textOf } from "#report/picture/element.ts";
import { widthAt } from "#report/picture/measure.ts";
import { frowns } from "./picture-checks.ts";

const grid = { columns: 7, width: 90, height: 74, across: 44, down: 14, left: 2, top: 10 };

/** A chain as a model may give it: both ends, up to five boxes between, each reached from the left and leading right. */
const chains = fc
  .record({
    columns: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 0, maxLength: 5 }),
    picks: fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
    weights: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 }),
  })
  .map(({ columns, picks, weights }) => {
    // Without empty columns.
    const used = [...new Set(columns)].toSorted((a, b) => a - b);
    const inner = columns.map((c) => used.indexOf(c) + 1);
    const all = [0, ...inner, used.length + 1];
    const arrows = all.flatMap((column, i) => {
      const before = all.flatMap((c, k) => (c < column ? [k] : []));
      const chosen = new Set([picks[i] ?? 0, picks[i + 8] ?? 0].map((p) => before[p % Math.max(1, before.length)]));
      return [...chosen].flatMap((from) => (from === undefined ? [] : [{ from: `n${from}`, to: `n${i}` }]));
    });
    return {
      boxes: all.map((column, i) => ({
        id: `n${i}`,
        column,
        row: all.slice(0, i).filter((c) => c === column).length,
      })),
      arrows,
      columns: used.length + 2,
      weights,
    };
  });

function chartOf({ boxes, arrows, columns, weights }: Parameters<Parameters<typeof chains.map>[0]>[0]): ChainChartData {
  return {
    id: "chain",
    title: "How it gets there",
    description: "",
    columns,
    nodes: boxes.map((b, i) => ({ ...b, label: `Step ${i}`, options: null, values: ["54", "12"] })),
    arrows: arrows.map((a, i) => ({
      ...a,
      sign: i % 3 === 0 ? null : i % 3 === 1 ? 1 : -1,
      weight: weights[i] ?? 0,
      words: i % 2 === 0 ? "0.5" : "12",
      claims: [],
      isLit: false,
    })),
  };
}

describe("layChain", () => {
  it("leads every arrow past the boxes between its ends", () => {
    fc.assert(
      fc.property(chains, ({ boxes, arrows, columns }) => {
        const plan = layChain(boxes, arrows, { ...grid, columns });
        const boxesAt = [...plan.boxes.values()];
        const through = plan.ways
          .flatMap((way) => way.lanes)
          .filter(({ left, y }) => boxesAt.some((b) => b.x === left && y > b.y - 1 && y < b.y + grid.height + 1));
        expect(through).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps boxes apart, and within its height", () => {
    fc.assert(
      fc.property(chains, ({ boxes, arrows, columns }) => {
        const plan = layChain(boxes, arrows, { ...grid, columns });
        const places = [...plan.boxes.values()];
        const bottom = grid.top + plan.height - grid.height + 1e-9;
        expect(places.filter((p) => p.y < grid.top || p.y > bottom)).toEqual([]);
        const near = places.filter((a, i) =>
          places.slice(i + 1).some((b) => a.x === b.x && Math.abs(a.y - b.y) < grid.height + grid.down - 1e-9),
        );
        expect(near).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("turns two columns whose arrows would all cross", () => {
    const boxes = [
      { id: "a", column: 0, row: 0 },
      { id: "b", column: 1, row: 0 },
      { id: "c", column: 1, row: 1 },
      { id: "d", column: 2, row: 0 },
      { id: "e", column: 2, row: 1 },
    ];
    const arrows = [
      { from: "a", to: "b" },
      { from: "a", to: "c" },
      { from: "b", to: "e" },
      { from: "c", to: "d" },
    ];
    const { boxes: at } = layChain(boxes, arrows, { ...grid, columns: 3 });
    const y = (id: string): number => at.get(id)?.y ?? NaN;
    expect(y("b") < y("c")).toBe(y("e") < y("d"));
  });
});

describe("chainChart", () => {
  it("draws every number after every arrow, with its thousands", () => {
    const chart = chartOf({
      boxes: [0, 1, 2].map((i) => ({ id: `n${i}`, column: i, row: 0 })),
      arrows: [0, 1].map((i) => ({ from: `n${i}`, to: `n${i + 1}` })),
      columns: 3,
      weights: [0.9, 0.4],
    });
    const words = ["−3", "27k"];
    const data = { ...chart, arrows: chart.arrows.map((a, i) => ({ ...a, words: words[i] ?? "" })) };
    const drawn = elementsOf(chainChart(data, 700).root);
    const numbers = drawn.filter((e) => String(e.attributes["class"]).includes("chain-number"));
    expect(numbers.map(textOf)).toEqual(words);
    const lastArrow = drawn.findLastIndex((e) => e.attributes["data-arrow"] !== undefined);
    expect(drawn.findIndex((e) => numbers.includes(e))).toBeGreaterThan(lastArrow);
  });

  it("sets no number and no word over another, over the edge of a box, or outside", () => {
    fc.assert(
      fc.property(chains, fc.constantFrom(620, 700, 900, 1200), (chain, width) => {
        const picture = chainChart(chartOf(chain), width);
        expect(frowns(picture)).toEqual([]);
        const rects = elementsOf(picture.root).flatMap(({ tag, attributes: r }) =>
          tag === "rect" && r["rx"] === 7
            ? [{ left: Number(r["x"]), right: Number(r["x"]) + Number(r["width"]), top: Number(r["y"]) }]
            : [],
        );
        const numbers = elementsOf(picture.root).filter((e) => String(e.attributes["class"]).includes("chain-number"));
        const over = numbers.filter((n) => {
          const half = widthAt(12.5, textOf(n), true) / 2;
          const [x, y] = [Number(n.attributes["x"]), Number(n.attributes["y"])];
          return rects.some((r) => x + half > r.left && x - half < r.right && y > r.top && y - 9 < r.top + 74);
        });
        expect(over.map(textOf)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
