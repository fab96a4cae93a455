/** What a statement compares and by how much; which conclusion leads; whose a view is. */

import { describe, expect, it } from "vitest";
import { checked, codesOf, named, show, still } from "./checked.ts";

const two = `${still}unknown a : share ~ beta(2, 2)\noutcome hit = a > 50%\noutcome miss = a < 20%\n`;

describe("how much a statement asks for", () => {
  const told = (statement: string) => {
    const [conclusion] = checked(`${two}conclusion c : ${statement}`).conclusions;
    const { margin, threshold, form, slack, text } = conclusion?.comparison ?? expect.fail("no conclusion");
    return { margin: show(margin), threshold, form, slack, text };
  };

  it("is more than the other, by a margin", () => {
    expect(told("chance(hit) > chance(miss) by 2 points")).toEqual({
      margin: "(figure 0 - figure 1)",
      threshold: 0.02,
      form: "difference",
      slack: 0,
      text: "chance(hit) > chance(miss)",
    });
  });

  it("is not much less than the other", () => {
    const text = "chance(hit) >= chance(miss) within 2 points";
    expect(told(text)).toEqual({
      margin: "((figure 0 - figure 1) + 0.02)",
      threshold: 0,
      form: "not worse",
      slack: 0.02,
      text,
    });
    expect(told("chance(hit) <= chance(miss) within 2 points").margin).toBe("((figure 1 - figure 0) + 0.02)");
  });

  it("is about as much as the other", () => {
    const text = "chance(hit) within 2 points of chance(miss)";
    expect(told(text)).toEqual({
      margin: "(0.02 - abs((figure 0 - figure 1)))",
      threshold: 0,
      form: "close",
      slack: 0.02,
      text,
    });
  });

  it("is asked for in an expectation likewise, and measured in the same unit", () => {
    const [expectation] = checked(`${two}expect e : chance(hit) within 2 points of 50%`).expectations;
    expect(expectation?.check).toMatchObject({ kind: "comparison", comparison: { form: "close", slack: 0.02 } });
    expect(codesOf(`${two}conclusion c : chance(hit) within 2 usd of 50%`)).toEqual(["wrong-unit"]);
    expect(codesOf(`${two}conclusion c : chance(hit) within -2 points of 50%`)).toEqual(["negative-margin"]);
    expect(codesOf(`${two}conclusion c : chance(hit) within 2 points`)).toEqual(["not-a-comparison"]);
  });
});

describe("the leading conclusions", () => {
  const three = (head: string) =>
    `case example "Example?"${head}\nunknown a : share ~ beta(2, 2)\noutcome hit = a > 50%\n${["x", "y", "z"]
      .map((name) => `conclusion ${name} : chance(hit) > 10%\n`)
      .join("")}`;

  it("come first, in the order of the case; the others follow as declared", () => {
    const model = checked(three(" { leading z, x }"));
    expect(model.leading).toBe("z");
    expect(model.conclusions.map((c) => c.name)).toEqual(["z", "x", "y"]);
  });

  it("are none unless the case says so", () => {
    const model = checked(three(""));
    expect(model.leading).toBeNull();
    expect(model.conclusions.map((c) => c.name)).toEqual(["x", "y", "z"]);
  });

  it("are conclusions, each once", () => {
    expect(codesOf(three(" { leading w }"))).toEqual(["unknown-name"]);
    expect(codesOf(three(" { leading hit }"))).toEqual(["wrong-kind"]);
    expect(codesOf(three(" { leading z, z }"))).toEqual(["duplicate-item"]);
  });
});

describe("whose a view is", () => {
  const roles = (views: string, actors = "") =>
    checked(`${still}claim k causal "It does." { credence 50% }\n${views}\n${actors}`).views.map((v) => [
      v.name,
      v.role,
    ]);

  it("is the actors' where one sees through it, falls back on it or is taken to; else the readers'", () => {
    expect(
      roles(
        "view a { }\nview b { }\nview c { }\nview d { }",
        "actor north sees a because k otherwise b\nactor south takes north for c",
      ),
    ).toEqual([
      ["a", "actor"],
      ["b", "actor"],
      ["c", "actor"],
      ["d", "reader"],
    ]);
  });

  it("is as the view says", () => {
    const model = checked(`${still}view a for readers { }\nview b "B" like a for actors { }\nactor north sees a`);
    expect([named(model.views, "a").role, named(model.views, "b").role]).toEqual(["reader", "actor"]);
  });
});
