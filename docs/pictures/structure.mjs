// A case's folder in, a picture of its structure out: stocks, lets, events and policies, what bears on what, and the claims that switch it.
// Only the parts named behind the folder are drawn, a column for each word; what lies between two of them is drawn as one arrow.
// Usage: npm run build && node docs/pictures/structure.mjs casebook/kremlin-2022 demand,concede motive,decide … > docs/pictures/structure.svg
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check, parse } from "../../dist/casus.js";

const [folder, ...words] = process.argv.slice(2);
const columns = words.map((w) => w.split(","));
const names = columns.flat();
const documents = readdirSync(folder)
  .filter((f) => f.endsWith(".casus"))
  .toSorted()
  .map((f) => ({ name: f, text: readFileSync(join(folder, f), "utf8") }));
const [model] = check(
  documents.map((d) => parse(d)[0]),
  documents,
);
if (model === null) throw new Error("the case is wrong: run casus check");

const sides = new Map(model.claims.map((c) => [c.name, c.side ?? "ours"]));
/** `resolve[washington]` stands with its family. */
const family = (name) => name.replace(/\[.*/, "");
const lets = new Map();
for (const l of model.lets) lets.set(family(l.name), l);
const events = new Map(model.events.map((e) => [e.name, e]));
const stocks = new Map(model.stocks.map((t) => [family(t.name), t]));
const nodes = new Map(
  names.map((name) => {
    const found = stocks.get(name) ?? events.get(name) ?? lets.get(name);
    if (found === undefined) throw new Error(`the case has no stock, event or let '${name}'`);
    const kind = stocks.has(name) ? "stock" : events.get(name)?.by ? "policy" : events.has(name) ? "event" : "let";
    return [name, { kind, label: found.label, gates: new Set() }];
  }),
);

/** Lines by what they belong to: `stock held`, `let rally`, `event concede on crisis`. */
const terms = model.terms.map((t) => {
  const [, kind = "", owner = "", target] = /^(\w+) (\S+?)(?: on (\S+))?$/.exec(t.owner) ?? [];
  return { ...t, kind, owner: family(owner), target: target === undefined ? undefined : family(target) };
});

/** Lines that make a part what it is: its own, and what events do to it. */
const linesOf = (name) => terms.filter((t) => (t.target ?? t.owner) === name);

/** Lets that only say what has happened, such as whether there is war, would tie everything to everything: no arrow goes through them. */
function saysOnlyWhatHappened(name) {
  const reads = linesOf(name).flatMap((t) => t.reads.map(family));
  return lets.has(name) && reads.length > 0 && reads.every((r) => events.has(r) || saysOnlyWhatHappened(r));
}

/** What an event's condition reads. */
function readsOfCondition(name) {
  const found = new Set();
  const walk = (e) => {
    if (e === null || typeof e !== "object") return;
    if (typeof e.event === "string") found.add(e.event);
    else if (typeof e.name === "string" && ["stock", "let"].includes(e.op)) found.add(family(e.name));
    Object.values(e).forEach(walk);
  };
  walk(events.get(name)?.when ?? null);
  return [...found].filter((r) => r !== name && (nodes.has(r) || !saysOnlyWhatHappened(r)));
}

/** Drawn parts that `name` rests on, through parts that are not drawn; and the claims on the way. */
function sources(name, seen) {
  const found = { nodes: new Set(), gates: new Set() };
  seen.add(name);
  const isCondition = saysOnlyWhatHappened(name);
  const lines = linesOf(name);
  lines.flatMap((t) => t.claims).forEach((g) => found.gates.add(g));
  const reads = lines.flatMap((t) => [...t.reads, ...(t.target === undefined ? [] : [t.owner])]).map(family);
  for (const read of [...reads, ...readsOfCondition(name)]) {
    if (nodes.has(read)) found.nodes.add(read);
    else if (!seen.has(read) && (isCondition || !saysOnlyWhatHappened(read))) {
      const deeper = sources(read, seen);
      deeper.nodes.forEach((n) => found.nodes.add(n));
      deeper.gates.forEach((g) => found.gates.add(g));
    }
  }
  return found;
}

const edges = [];
for (const [name, node] of nodes) {
  const found = sources(name, new Set());
  node.gates = found.gates;
  for (const from of found.nodes) if (from !== name) edges.push({ from, to: name });
}

const character = 7;
const longest = 26;
/** At most two lines; what is behind a colon or too long is left to the title. */
function linesOfLabel(label) {
  const lines = [""];
  for (const word of label.replace(/: .*/, "").split(" ")) {
    const last = lines.at(-1);
    if (last !== "" && last.length + word.length >= longest) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trim();
  }
  return lines.length <= 2 ? lines : [lines[0], `${lines[1]} …`];
}

const order = (a, b) => a.localeCompare(b, "en", { numeric: true });
for (const [name, node] of nodes) {
  node.text = linesOfLabel(node.label);
  node.list = [...node.gates].toSorted(order);
  const rows = [];
  for (let i = 0; i < node.list.length; i += 6) rows.push(node.list.slice(i, i + 6));
  node.rows = rows;
  const width =
    Math.max(...node.text.map((l) => l.length * character), ...rows.map((r) => r.join(" ").length * character)) + 18;
  node.width = width;
  node.height = 12 + node.text.length * 14 + rows.length * 14;
}

// ---- layout: columns from left to right, their parts spread over the same height

const gap = { x: 58, y: 28 };
const margin = 34;
const widths = columns.map((c) => Math.max(...c.map((n) => nodes.get(n).width)));
const heights = columns.map((c) => c.reduce((sum, n) => sum + nodes.get(n).height + gap.y, -gap.y));
const height = Math.max(...heights) + 2 * margin;
const width = widths.reduce((sum, w) => sum + w + gap.x, 2 * margin - gap.x);
let left = margin;
for (const [i, column] of columns.entries()) {
  const free = column.length > 1 ? (height - 2 * margin - heights[i]) / (column.length - 1) : 0;
  let top = margin + (column.length === 1 ? (height - 2 * margin - heights[i]) / 2 : 0);
  for (const name of column) {
    const node = nodes.get(name);
    node.x = left + widths[i] / 2;
    node.y = top + node.height / 2;
    node.column = i;
    top += node.height + gap.y + free;
  }
  left += widths[i] + gap.x;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const number = (x) => x.toFixed(1);

/** Forward from side to side; within a column, and back, in a bow. */
function path(from, to) {
  const isForward = from.column < to.column;
  const out = isForward ? 1 : -1;
  const start = { x: from.x + (out * from.width) / 2, y: from.y };
  const end = { x: to.x - (from.column === to.column ? to.width : out * to.width) / 2, y: to.y };
  const reach = from.column === to.column ? 40 : Math.max(30, Math.abs(end.x - start.x) / 2);
  const back = from.column === to.column ? -reach : -out * reach;
  return `M${number(start.x)} ${number(start.y)}C${number(start.x + out * reach)} ${number(start.y)} ${number(end.x + back)} ${number(end.y)} ${number(end.x)} ${number(end.y)}`;
}

function shape({ kind, x, y, width: w, height: h }) {
  const [left, top] = [number(x - w / 2), number(y - h / 2)];
  const round = kind === "stock" ? 0 : kind === "let" ? 6 : h / 2;
  return `<rect class="${kind}" x="${left}" y="${top}" width="${number(w)}" height="${number(h)}" rx="${number(round)}"/>`;
}

function drawn([name, node]) {
  const top = node.y - node.height / 2;
  const gates = node.rows.map((row, i) => {
    const parts = row.map((g) => `<tspan class="${sides.get(g)}">${g}</tspan>`).join(" ");
    return `<text class="gates" x="${number(node.x)}" y="${number(top + 18 + (node.text.length + i) * 14)}">${parts}</text>`;
  });
  const label = node.text
    .map((l, i) => `<text class="label" x="${number(node.x)}" y="${number(top + 17 + i * 14)}">${escaped(l)}</text>`)
    .join("");
  return `<g><title>${escaped(node.label)}</title>${shape(node)}${label}${gates.join("")}</g>`;
}

const arrows = edges.map(({ from, to }) => {
  const [a, b] = [nodes.get(from), nodes.get(to)];
  const isBack = a.column > b.column;
  return `<path class="arrow${isBack ? " back" : ""}" d="${path(a, b)}"/>`;
});
process.stdout
  .write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height + 20)}" role="img" aria-label="What bears on what in the case, and which claims switch it">
<style>
  svg { color: #1f2328; background: #ffffff; }
  text { font: 11px system-ui, sans-serif; fill: currentColor; text-anchor: middle; }
  .label { font-weight: 600; } .gates { font-size: 10px; } .legend { text-anchor: start; }
  rect { fill: #f6f8fa; stroke: #57606a; } .event { fill: #fff1e5; stroke: #bc4c00; } .policy { fill: #fbefff; stroke: #8250df; } .let { stroke-dasharray: 3 2; }
  .arrow { fill: none; stroke: #8c959f; stroke-width: 0.9; stroke-opacity: 0.75; marker-end: url(#tip); } .back { stroke-dasharray: 4 3; } marker path { fill: #8c959f; }
  .author { fill: #0550ae; } .rivals { fill: #a40e26; } .ours { fill: #57606a; }
  @media (prefers-color-scheme: dark) {
    svg { color: #e6edf3; background: #0d1117; } rect { fill: #161b22; stroke: #8b949e; } .event { fill: #2d1d0f; stroke: #db6d28; } .policy { fill: #211a33; stroke: #a371f7; }
    .arrow { stroke: #6e7681; } marker path { fill: #6e7681; } .author { fill: #79c0ff; } .rivals { fill: #ff7b72; } .ours { fill: #8b949e; }
  }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
${arrows.join("\n")}
${[...nodes].map(drawn).join("\n")}
<text class="legend" x="${margin}" y="${Math.ceil(height + 8)}">Square: what lasts. Dashed: worked out each month. Orange: what happens. Violet: what somebody does. Claims that switch a part: <tspan class="author">the author's</tspan>, <tspan class="rivals">the rivals'</tspan>, <tspan class="ours">ours</tspan>. Broken arrows lead back.</text>
</svg>
`);
