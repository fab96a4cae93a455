/** The chain from what is compared to what is counted: its arrows pass behind no box, and its numbers stand apart, over every arrow. */

import { expect, it } from "vitest";
import { chainChart, type ChainChartData } from "#report/charts/chain-chart.ts";
import { elementsOf, textOf, type Element } from "#report/picture/element.ts";
import { frowns } from "./picture-checks.ts";

const names = ["start", "up", "down", "above", "below", "last", "end"] as const;
const columns = [0, 1, 1, 2, 2, 3, 4];
const arrow = (from: string, to: string, words: string) => ({
  from,
  to,
  sign: null,
  weight: 0.9,
  words,
  claims: ["c"],
  isLit: false,
});

const data: ChainChartData = {
  id: "chain",
  title: "How it gets there",
  description: "From start to end.",
  columns: 5,
  nodes: names.map((id, i) => ({
    id,
    label: id,
    column: columns[i] ?? 0,
    row: columns.slice(0, i).filter((c) => c === columns[i]).length,
    values: ["17", "13"],
  })),
  // Both pairs cross, and two arrows leave out a column or more.
  arrows: [
    arrow("start", "up", "0.6"),
    arrow("start", "down", "17"),
    arrow("up", "above", "3"),
    arrow("up", "below", "16"),
    arrow("down", "above", "−3"),
    arrow("down", "below", "27k"),
    arrow("above", "last", "4"),
    arrow("below", "last", "3"),
    arrow("up", "end", "5"),
    arrow("start", "end", "7"),
    arrow("last", "end", "9"),
  ],
};

function isOf(e: Element, name: string): boolean {
  return String(e.attributes["class"] ?? "")
    .split(" ")
    .includes(name);
}

it.each([620, 700, 1100])("keeps words apart at %i", (width) => {
  const picture = chainChart(data, width);
  expect(frowns(picture)).toEqual([]);
  const words = elementsOf(picture.root).filter((e) => isOf(e, "haloed"));
  expect(words.map(textOf)).toEqual(data.arrows.map((a) => a.words));
});

it("draws every word after every arrow", () => {
  const drawn = elementsOf(chainChart(data, 700).root);
  const lastArrow = drawn.findLastIndex((e) => e.attributes["data-arrow"] !== undefined);
  expect(drawn.findIndex((e) => isOf(e, "haloed"))).toBeGreaterThan(lastArrow);
});

it.each([620, 700])("leads past the boxes of the columns between at %i", (width) => {
  const drawn = elementsOf(chainChart(data, width).root);
  const boxes = drawn
    .filter((e) => isOf(e, "chain-box"))
    .map(({ attributes: { x, y, width: w, height: h } }) => ({
      x: Number(x),
      y: Number(y),
      w: Number(w),
      h: Number(h),
    }));
  expect(boxes).toHaveLength(names.length);
  const skipping = drawn.filter((e) => e.tag === "path" && String(e.attributes["d"]).includes("H"));
  // The two that leave out columns, each drawn and as what a finger touches.
  expect(skipping).toHaveLength(4);
  for (const path of skipping) {
    const [, level = "", right = ""] = /,([\d.]+)H([\d.]+)/.exec(String(path.attributes["d"])) ?? [];
    const under = boxes.filter(
      (b) => Number(level) > b.y && Number(level) < b.y + b.h && b.x + b.w <= Number(right) + 0.1,
    );
    // Boxes of the columns it starts in and ends in are not passed.
    expect(under.filter((b) => b.x > (boxes[1]?.x ?? 0) + (boxes[1]?.w ?? 0))).toEqual([]);
  }
});
