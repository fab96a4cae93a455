/** Exported names are unique in the code base: a name says what it is without its file. */

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

it("no name is exported by two files", () => {
  const files = execFileSync("git", ["ls-files", "src"], { encoding: "utf8" })
    .split("\n")
    .filter((f) => /\.tsx?$/.test(f) && !f.endsWith(".d.ts"))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
  expect(files.length).toBeGreaterThan(400);
  expect(declaredTwice(files)).toEqual([]);
});
