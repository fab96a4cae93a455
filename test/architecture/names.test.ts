/** Exported names are unique in the code base, so that a name says what it is without its file, and each is imported somewhere. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Names that a file declares and exports: functions, classes, constants and types alike. */
function declaredIn(text: string): readonly string[] {
  const found = text.matchAll(
    /^export (?:declare )?(?:async )?(?:function\*?|class|const|let|interface|type|enum) ([A-Za-z_$][\w$]*)/gm,
  );
  return [...new Set([...found].map(([, name]) => name ?? ""))];
}

function declaredTwice(files: readonly SourceText[]): readonly string[] {
  const at = new Map<string, string[]>();
  for (const { path, text } of files)
    for (const name of declaredIn(text)) at.set(name, [...(at.get(name) ?? []), path]);
  return [...at].filter(([, paths]) => paths.length > 1).map(([name, paths]) => `${name}: ${paths.join(", ")}`);
}

it("finds a name that is exported twice", () => {
  const planted = [
    { path: "a.ts", text: "export interface Held {}\nexport function held(): void {}" },
    { path: "b.ts", text: "export type Held = 1;\nfunction held() {}" },
  ];
  expect(declaredTwice(planted)).toEqual(["Held: a.ts, b.ts"]);
});

/** The names that a file takes from others, or passes on. */
function namesTaken(text: string): readonly string[] {
  const lists = text.matchAll(/\{([^{}]*)\}\s*(?:from\s*["']|=\s*await\s+import\()/g);
  const listed = [...lists].flatMap(([, list]) =>
    (list ?? "").split(",").map((part) => /^\s*(?:type\s+)?([\w$]*)/.exec(part)?.[1] ?? ""),
  );
  // A file that is loaded late is often called by its names: `late.tableWith()`.
  const called = /\bimport\(/.test(text) ? [...text.matchAll(/\.([\w$]+)\(/g)].map(([, name]) => name ?? "") : [];
  return [...listed, ...called];
}

/** What these export is for programs outside the code base, and for `bin/casus.js`. */
const publicDoors = new Set(["src/casus.ts", "src/cli/node.ts", "src/cli/main.ts"]);

/** Names in `src/` that are exported, or passed on by the front ends' door, and that no other file takes. */
function takenByNobody(files: readonly SourceText[]): readonly string[] {
  const takers = new Map<string, Set<string>>();
  for (const { path, text } of files)
    for (const name of namesTaken(text)) takers.set(name, (takers.get(name) ?? new Set()).add(path));
  return files
    .filter(({ path }) => path.startsWith("src/") && !publicDoors.has(path))
    .flatMap(({ path, text }) => {
      const offered = path === "src/internal.ts" ? namesTaken(text) : declaredIn(text);
      return offered
        .filter((name) => ![...(takers.get(name) ?? [])].some((taker) => taker !== path))
        .map((name) => `${path}: ${name}`);
    });
}

it("finds a name that nobody takes", () => {
  const planted = [
    { path: "src/a.ts", text: "export interface Used {}\nexport function dead(): void {}\nexport const late = 1;" },
    { path: "src/internal.ts", text: 'export { type Used } from "#a.ts";' },
    { path: "test/a.test.ts", text: 'const { late } = await import("../src/a.ts");' },
  ];
  expect(takenByNobody(planted)).toEqual(["src/a.ts: dead", "src/internal.ts: Used"]);
});

function tracked(...folders: readonly string[]): readonly SourceText[] {
  return execFileSync("git", ["ls-files", ...folders], { encoding: "utf8" })
    .split("\n")
    .filter((f) => /\.(?:tsx?|mjs)$/.test(f) && !f.endsWith(".d.ts"))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

it("no name is exported by two files", () => {
  const files = tracked("src");
  expect(files.length).toBeGreaterThan(400);
  expect(declaredTwice(files)).toEqual([]);
});

it("no name is exported that no other file takes", () => {
  const files = tracked("src", "test", "scripts", "bench", "site", "editors", "casebook", "*.ts");
  expect(takenByNobody(files)).toEqual([]);
});
