/** How figures that are held against each other are rounded. */

import { describe, expect, it } from "vitest";
import { inScale, ofHundredWithError, scaleApart, scaleOf, slackText, withSpan } from "#report/words/numbers.ts";

const bare = { label: "", factor: 1 };

describe("an interval", () => {
  it("has ends that differ from each other and from the line", () => {
    const [margin, low, high, line] = [0.31, 0.28, 0.34, 0.3] as const;
    const scale = scaleApart(scaleOf([margin, line], bare), [low, high, line]);
    expect(`${withSpan(margin, low, high, scale)}; ${inScale(line, scale)} would matter`).toBe(
      "0.31 (0.28 to 0.34); 0.30 would matter",
    );
  });

  it("takes no digit more than it needs, and has none to take where nothing differs", () => {
    expect(scaleApart(scaleOf([4.2], bare), [3.1, 5.3, 1]).decimals).toBe(1);
    expect(scaleApart(scaleOf([4.2], bare), [4.2, 4.2, 4.2]).decimals).toBe(1);
    expect(scaleApart(scaleOf([42], bare), [41.6, 42.3, 10]).decimals).toBe(1);
    expect(scaleApart(scaleOf([1500], bare), [1499.9, 1500.2, 100]).unit).toBe("");
  });

  it("does not chase what arithmetic leaves over", () => {
    expect(scaleApart(scaleOf([0.3], bare), [0.1 + 0.2, 0.3, 0.35]).decimals).toBe(2);
  });

  it("holds for each of several intervals by itself: their ends may meet", () => {
    expect(scaleApart(scaleOf([2], bare), [1.5, 2.5], [1.5, 2.5001]).decimals).toBe(1);
  });
});

describe("an error", () => {
  const scale = scaleOf([967], bare);

  it("is said to be none once, without an interval", () => {
    expect(withSpan(967, 967, 967, scale)).toBe("967 (exact)");
    // What arithmetic leaves over is no error.
    expect(withSpan(0.3, 0.1 + 0.2, 0.1 + 0.2, scaleOf([0.3], bare))).toBe("0.30 (exact)");
    expect(slackText({ value: 967, se: 0 }, scale)).toBe("(exact)");
    expect(slackText({ value: 967, se: 967e-14 }, scale)).toBe("(exact)");
    expect(ofHundredWithError(0.5, 0)).toBe("50 (exact)");
  });

  it("is never written as none where there is one", () => {
    expect(slackText({ value: 967, se: 6 }, scale)).toBe("±12");
    expect(slackText({ value: 967, se: 0.06 }, scale)).toBe("±0.1");
    expect(slackText({ value: 967, se: 0.006 }, scale)).toBe("±0.01");
    expect(slackText({ value: 1, se: Number.NaN }, scale)).toBe("(error not known)");
  });
});
