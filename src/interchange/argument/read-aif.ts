/** Reads an argument map in AIF as JSON: information nodes are statements, inference and conflict nodes join them. */

import { z } from "zod";
import type { Document, Span } from "#text/span.ts";
import { checkModelText, UnreadableFile, type Loss } from "../problem.ts";
import type { ArgumentMap, MapRelation } from "./argument-map.ts";

const key = z.union([z.string(), z.number()], "expected a text or a number").transform(String);
const shape = z.object({
  nodes: z.array(z.object({ nodeID: key, text: z.string().default(""), type: z.string() })).max(50_000),
  edges: z.array(z.object({ fromID: key, toID: key })).max(100_000),
});

/** Kinds of node that join others, and what they say. */
const joining: Readonly<Record<string, MapRelation["kind"]>> = { RA: "supports", CA: "attacks", MA: "supports" };

/** Throws `UnreadableFile` where the text is no JSON, or no AIF. */
export function readAif(document: Document): [ArgumentMap, readonly Loss[]] {
  checkModelText(document.name, document.text);
  const start: Span = { document: document.name, start: 0, end: 1 };
  let json: unknown;
  try {
    json = JSON.parse(document.text);
  } catch (error) {
    const place = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    throw new UnreadableFile(
      "this is no JSON",
      { document: document.name, start: place, end: place + 1 },
      "give the JSON that an argument-mapping tool exported",
    );
  }
  const read = shape.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new UnreadableFile(
      `this is no AIF: at ${issue?.path.join(".") || "its top"}: ${issue?.message.toLowerCase().replace(/, received undefined$/, ", and there is nothing") ?? "it has another shape"}`,
      start,
      'AIF has "nodes" (nodeID, text, type) and "edges" (fromID, toID)',
    );
  }
  const { nodes, edges } = read.data;
  const byId = new Map(nodes.map((n) => [n.nodeID, n]));
  const statements = nodes
    .filter((n) => n.type === "I")
    .map((n) => ({
      key: n.nodeID,
      text: n.text.trim() === "" ? `Node ${n.nodeID}` : n.text.trim(),
      kind: "claim" as const,
    }));
  const losses: Loss[] = nodes
    .filter(
      (n) => n.type !== "I" && joining[n.type] === undefined && n.type !== "L" && n.type !== "YA" && n.type !== "TA",
    )
    .map((n) => ({
      name: n.nodeID,
      why: `a node of type ${n.type} has no counterpart`,
      span: start,
      isChanged: false,
    }));
  if (statements.length === 0)
    throw new UnreadableFile("there is no information node (type I) in it", start, "give a map that says something");
  const relations: MapRelation[] = [];
  for (const node of nodes) {
    const kind = joining[node.type];
    if (kind === undefined) continue;
    const into = edges.filter((e) => e.toID === node.nodeID && byId.get(e.fromID)?.type === "I").map((e) => e.fromID);
    const out = edges.filter((e) => e.fromID === node.nodeID).map((e) => e.toID);
    for (const from of into)
      for (const to of out) {
        const target = byId.get(to);
        if (target?.type === "I") relations.push({ from, to, kind });
        // An attack on an inference: on the step to what it concludes.
        else if (target !== undefined && joining[target.type] === "supports")
          for (const e of edges.filter((x) => x.fromID === to && byId.get(x.toID)?.type === "I"))
            relations.push({ from, to: e.toID, kind: "undercuts" });
      }
  }
  return [{ title: null, statements, relations }, losses];
}
