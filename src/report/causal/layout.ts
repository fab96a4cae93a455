/** Places the boxes and arrows of a causal graph (layered, after Sugiyama, Tagawa & Toda 1981). */

import { Graph, layout as dagreLayout } from "@dagrejs/dagre";
import type { CausalEdge, CausalGraph } from "./graph.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface BoxPlace extends Size {
  /** The left upper corner. */
  readonly x: number;
  readonly y: number;
}

export interface Route extends CausalEdge {
  /** From border to border, by way of the bends between. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Layout extends Size {
  readonly places: ReadonlyMap<string, BoxPlace>;
  readonly routes: readonly Route[];
}

/** Top to bottom; the same graph gives the same layout. */
export function layoutOf(graph: CausalGraph, sizeOf: (id: string) => Size): Layout {
  const g = new Graph({ directed: true, multigraph: false, compound: false });
  g.setGraph({ rankdir: "TB", nodesep: 12, ranksep: 28, edgesep: 6, ranker: "network-simplex", acyclicer: "greedy" });
  g.setDefaultEdgeLabel(() => ({}));
  for (const n of graph.nodes) g.setNode(n.id, { ...sizeOf(n.id) });
  for (const e of graph.edges) g.setEdge(e.from, e.to, { weight: e.from.startsWith("choice:") ? 2 : 1 });
  dagreLayout(g);
  const places = new Map(
    graph.nodes.map((n) => {
      const { x = 0, y = 0 } = g.node(n.id) as { x?: number; y?: number };
      const size = sizeOf(n.id);
      return [n.id, { x: x - size.width / 2, y: y - size.height / 2, ...size }];
    }),
  );
  const routes = graph.edges.map((e) => {
    const { points = [] } = g.edge(e.from, e.to) as { points?: readonly { x: number; y: number }[] };
    return { ...e, points };
  });
  return boxed(places, routes);
}

/** Moves everything so that boxes and arrows together begin at 0, 0. */
function boxed(places: ReadonlyMap<string, BoxPlace>, routes: readonly Route[]): Layout {
  const boxes = [...places.values()];
  const bends = routes.flatMap((r) => r.points);
  const xs = [...boxes.flatMap((p) => [p.x, p.x + p.width]), ...bends.map((p) => p.x)];
  const ys = [...boxes.flatMap((p) => [p.y, p.y + p.height]), ...bends.map((p) => p.y)];
  const [left, top] = xs.length === 0 ? [0, 0] : [Math.min(...xs), Math.min(...ys)];
  return {
    width: Math.max(...xs, 0) - left,
    height: Math.max(...ys, 0) - top,
    places: new Map([...places].map(([id, p]) => [id, { ...p, x: p.x - left, y: p.y - top }])),
    routes: routes.map((r) => ({ ...r, points: r.points.map((p) => ({ x: p.x - left, y: p.y - top })) })),
  };
}
