/** The table of rooms and what each may import, and the check that finds every import that breaks it. */

export const rooms: Readonly<Record<string, readonly string[]>> = {
  text: [],
  language: ["text"],
  model: ["text", "language"],
  kernel: ["model"],
  interchange: ["text", "language", "model", "kernel"],
  ensemble: ["model", "kernel"],
  game: [],
  evidence: [],
  analysis: ["model", "kernel", "ensemble", "game", "evidence"],
  report: ["text", "model", "ensemble", "game", "analysis"],
  api: ["text", "language", "model", "kernel", "ensemble", "game", "evidence", "analysis", "report"],
  "casus.ts": ["api", "text", "language", "model", "kernel", "ensemble", "game", "evidence", "analysis", "report"],
  "internal.ts": [
    "text",
    "language",
    "model",
    "interchange",
    "kernel",
    "ensemble",
    "game",
    "evidence",
    "analysis",
    "report",
  ],
  cli: ["internal.ts", "casus.ts", "api"],
  web: ["internal.ts"],
};

/** What every room may import though it looks leftward: how to refuse. */
export const everywhere: readonly string[] = ["text/refused.ts"];

export interface SourceFile {
  /** Relative to `src/`, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const importPattern = /(?:^|\n)\s*(?:import|export)\b[^;"']*?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Every breach as a sentence; empty when the table holds. */
export function breaches(files: readonly SourceFile[]): string[] {
  const found: string[] = [];
  const edges = new Map<string, string[]>();
  for (const { path, text } of files) {
    const targets: string[] = [];
    for (const match of text.matchAll(importPattern)) {
      const specifier = match[1] ?? match[2] ?? "";
      const target = resolve(path, specifier);
      if (target === null) continue;
      targets.push(target);
      const breach = judge(path, specifier, target);
      if (breach !== null) found.push(breach);
    }
    edges.set(path, targets);
    if (/(?:^|\n)\s*export\s*\*/.test(text)) found.push(`${path}: 'export *' is not wanted; name what is exported`);
    if (roomOf(path) === undefined) found.push(`${path}: stands in no room of the table`);
  }
  return [...found, ...cycles(edges)];
}

function roomOf(path: string): string | undefined {
  const first = path.split("/")[0] ?? "";
  return Object.hasOwn(rooms, first) ? first : undefined;
}

/** The file under `src/` that a specifier means; null for packages. */
function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (!specifier.startsWith(".")) return null;
  const parts = from.split("/").slice(0, -1);
  for (const step of specifier.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/");
}

function judge(path: string, specifier: string, target: string): string | null {
  const from = roomOf(path);
  const to = roomOf(target);
  if (from === undefined || to === undefined) return `${path}: imports ${specifier}, which is in no room`;
  if (from === to)
    return specifier.startsWith("#") ? `${path}: inside a room imports are relative, not ${specifier}` : null;
  if (specifier.startsWith(".")) return `${path}: across rooms imports are written #room/file.ts, not ${specifier}`;
  return rooms[from]?.includes(to) === true || everywhere.includes(target)
    ? null
    : `${path}: ${from} may not import ${to} (${specifier})`;
}

function cycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      found.push(`cycle: ${[...trail.slice(trail.indexOf(file)), file].join(" → ")}`);
      return;
    }
    state.set(file, "open");
    for (const target of edges.get(file) ?? []) visit(target, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}
