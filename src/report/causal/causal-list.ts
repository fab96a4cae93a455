/** Writes the causal picture as a list, one entry for each part drawn, for those who read or listen. */

import type { Model } from "#model/model.ts";
import type { DataTable } from "../picture/table.ts";
import { causalGraph, type CausalNode } from "./graph.ts";
import type { Sign } from "#analysis/causal/signs.ts";

interface CausalEntry {
  readonly id: string;
  readonly kind: CausalNode["kind"];
  readonly label: string;
  /** Events it stands for. */
  readonly members: readonly string[];
  /** Labels of what moves it, and of what it moves, with (+) where more makes for more, (−) where for less, and neither where it depends. */
  readonly movedBy: readonly string[];
  readonly moves: readonly string[];
  /** Claims by name. */
  readonly switchedBy: readonly string[];
}

const partKindWords: Readonly<Record<CausalNode["kind"], string>> = {
  choice: "choice",
  event: "something that happens",
  stock: "something that builds up",
  let: "worked out from others",
  outcome: "told at the end",
};

export function causalList(model: Model, most = 24): readonly CausalEntry[] {
  const graph = causalGraph(model, most);
  const label = new Map(graph.nodes.map((n) => [n.id, n.label]));
  return graph.nodes.map((n) => ({
    id: n.id,
    kind: n.kind,
    label: n.label,
    members: n.members,
    movedBy: graph.edges.flatMap((e) => (e.to === n.id ? [`${label.get(e.from) ?? e.from}${signed(e.sign)}`] : [])),
    moves: graph.edges.flatMap((e) => (e.from === n.id ? [`${label.get(e.to) ?? e.to}${signed(e.sign)}`] : [])),
    switchedBy: n.switchedBy,
  }));
}

function signed(sign: Sign): string {
  return sign === null ? "" : sign === 1 ? " (+)" : " (−)";
}

export function causalTable(model: Model, most = 24): DataTable {
  return {
    caption:
      "What moves what, and the claims that switch a part of it; (+) more makes for more, (−) more makes for less, neither: it depends",
    columns: ["Part", "What it is", "Moved by", "Claims"],
    rows: causalList(model, most).map((e) => [
      e.members.length > 0 ? `${e.label} (${e.members.join("; ")})` : e.label,
      partKindWords[e.kind],
      e.movedBy.join("; ") || "–",
      e.switchedBy.join(", ") || "–",
    ]),
  };
}
