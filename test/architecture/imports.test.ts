import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { breaches, rooms, type SourceFile } from "./imports.ts";

const root = join(import.meta.dirname, "../..");

function sources(): SourceFile[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(root, "src", path), "utf8") }));
}

test("imports go only where the table allows, without cycles", () => {
  const files = sources();
  expect(files.length).toBeGreaterThan(20);
  expect(breaches(files)).toEqual([]);
});

test.each<[string, SourceFile[], RegExp]>([
  [
    "a room that looks leftward",
    [{ path: "text/span.ts", text: 'import { parse } from "#language/parser.ts";' }],
    /text may not import language/,
  ],
  [
    "a neighbour of what every room may import",
    [{ path: "game/a.ts", text: 'import { x } from "#text/span.ts";' }],
    /game may not import text/,
  ],
  [
    "a re-export counts",
    [{ path: "model/a.ts", text: 'export { x } from "#kernel/math.ts";' }],
    /model may not import kernel/,
  ],
  [
    "a dynamic import counts",
    [{ path: "kernel/a.ts", text: 'const x = await import("#report/table.ts");' }],
    /kernel may not import report/,
  ],
  [
    "a type import counts",
    [{ path: "language/a.ts", text: 'import type { Model } from "#model/model.ts";' }],
    /language may not import model/,
  ],
  ["a relative way out", [{ path: "text/a.ts", text: 'import { x } from "../language/b.ts";' }], /across rooms/],
  ["an alias at home", [{ path: "text/a.ts", text: 'import { x } from "#text/b.ts";' }], /inside a room/],
  [
    "a cycle",
    [
      { path: "text/a.ts", text: 'import "./b.ts";' },
      { path: "text/b.ts", text: 'import "./a.ts";' },
    ],
    /cycle: text\/a.ts → text\/b.ts → text\/a.ts/,
  ],
  ["a barrel of stars", [{ path: "casus.ts", text: 'export * from "#text/span.ts";' }], /export \*/],
  ["a file in no room", [{ path: "helpers.ts", text: "" }], /in no room/],
])("the guard bites: %s", (_, files, message) => {
  expect(breaches(files).join("\n")).toMatch(message);
});

test("every room has a README of at most a screen that says what enters and what leaves", () => {
  for (const room of Object.keys(rooms).filter((r) => !r.endsWith(".ts"))) {
    const text = readFileSync(join(root, "src", room, "README.md"), "utf8");
    expect(text, room).toMatch(/enters/i);
    expect(text, room).toMatch(/leaves/i);
    expect(text.split("\n").length, room).toBeLessThan(60);
  }
});

test.each([
  ["the DOM", "export const title: string = document.title;"],
  ["Node", 'import { readFileSync } from "node:fs"; export const text: string = readFileSync("x", "utf8");'],
  ["a clock", "setTimeout(() => {}, 1);"],
])("the core does not compile with %s", (_, planted) => {
  const folder = mkdtempSync(join(tmpdir(), "casus-core-"));
  try {
    writeFileSync(join(folder, "planted.ts"), planted);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.core.json"),
        compilerOptions: { rootDir: ".", composite: false, noEmit: true },
        include: ["planted.ts"],
        exclude: [],
      }),
    );
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", folder],
      { encoding: "utf8" },
    );
    expect(status, stdout).not.toBe(0);
    expect(stdout).toMatch(/error TS(2307|2584|2304|2591|2580)/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
