/** The causal picture of the casebook: every claim that switches something is on it, nothing is clipped, and its list says the same. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { causalGraph } from "#report/causal/graph.ts";
import { causalList, causalTable } from "#report/causal/causal-list.ts";
import { causalPicture } from "#report/causal/causal-picture.ts";
import { partsOf } from "#analysis/causal/influences.ts";
import { elementsOf } from "#report/picture/element.ts";
import { standalone, withFaces, type ChartHead } from "#report/picture/picture.ts";
import { caseOf } from "./cases.ts";
import { frowns } from "./picture-checks.ts";

const first = caseOf("kremlin-2022");
const epidemic = caseOf("epidemic");

const head: ChartHead = {
  id: "causal",
  title: "What moves what",
  subtitle: "The parts that weigh most; the rest is folded into the arrows",
  caption: "As of Jan 2022. Modeller: the Casus project. Version 1.0. Not a forecast.",
};

describe("causalPicture", () => {
  it.each([320, 360, 640, 900, 1200])("of the first case has nothing to frown at when %i wide", (width) => {
    expect(frowns(causalPicture(first, head, width))).toEqual([]);
  });

  it.each(["guarantee", "epidemic"])("of %s has nothing to frown at", (name) => {
    const model = caseOf(name);
    for (const width of [360, 640, 900]) expect(frowns(causalPicture(model, head, width))).toEqual([]);
  });

  it("shows at 900 every claim that switches a line of the first case", () => {
    const picture = causalPicture(first, head, 900);
    const shown = new Set(elementsOf(picture.root).map((e) => e.attributes["data-claim"]));
    const switching = new Set(first.terms.flatMap((t) => t.claims));
    expect([...switching].filter((c) => !shown.has(c))).toEqual([]);
  });

  it("is drawn as last time", async () => {
    await expect(standalone(causalPicture(epidemic, head, 640))).toMatchFileSnapshot("snapshots/causalPicture.svg");
  });

  it("stands in the documentation as it is now (npx vitest run test/report/causal.test.ts -u draws it anew)", async () => {
    const picture = causalPicture(first, { ...head, subtitle: first.title }, 900);
    const type = join(import.meta.dirname, "../../src/web/type");
    const faces = ["400", "600"].map((weight) => ({
      weight,
      address: `data:font/woff2;base64,${readFileSync(join(type, `sans-${weight}.woff2`)).toString("base64")}`,
    }));
    await expect(withFaces(standalone(picture), faces)).toMatchFileSnapshot("../../docs/pictures/first-case.svg");
  });
});

describe("causalGraph", () => {
  it("finds the compartments' chain (Kermack & McKendrick 1927): catching moves people from the susceptible to the infected, and they recover", () => {
    const parts = new Map(partsOf(epidemic).map((p) => [p.id, p]));
    expect(parts.get("let:catching")?.reads.toSorted()).toEqual([
      "let:contacts",
      "let:town",
      "stock:infected",
      "stock:susceptible",
    ]);
    expect(parts.get("stock:recovered")?.reads).toEqual(["stock:infected"]);
    expect(parts.get("stock:closed")?.claims).toEqual(["tiring"]);
    expect(parts.get("event:close_down")?.reads.toSorted()).toEqual(["choice:closure", "let:town", "stock:infected"]);
  });

  it("does not take what must not have happened for a cause", () => {
    const parts = new Map(partsOf(first).map((p) => [p.id, p]));
    // 'when at_war and not fallen': the attack is a cause of how the war ends, the fall is none.
    expect(parts.get("event:how_it_ended")?.reads).toContain("event:attack");
    expect(parts.get("event:demand")?.reads).not.toContain("event:how_it_fell");
  });

  it("holds at most as many parts as asked for, decisions among them, and arrows between them alone", () => {
    for (const most of [6, 12, 24]) {
      const { nodes, edges } = causalGraph(first, most);
      expect(nodes.length).toBeLessThanOrEqual(most);
      expect(nodes.map((n) => n.id)).toEqual(expect.arrayContaining(["choice:answer", "choice:posture"]));
      for (const e of edges) expect(nodes.some((n) => n.id === e.from) && nodes.some((n) => n.id === e.to)).toBe(true);
    }
  });

  it("reads the same in words", () => {
    const entry = causalList(first).find((e) => e.id === "event:attack");
    // What a motive and deterrence are: the one makes an attack likelier, the other less likely.
    expect(entry?.movedBy).toEqual(expect.arrayContaining(["motive (+)", "deterrence (−)"]));
    expect(causalTable(first).rows.length).toBe(causalList(first).length);
  });
});
