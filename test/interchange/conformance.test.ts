/**
 * Every model of the collection SDXorg/test-models that lies here is imported and run, and the table of docs/interchange.md says how each fares.
 * Where the collection is not there, as in a fresh clone, nothing is compared: CASUS_COLLECTION names its folder. UPDATE=1 writes the table.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collection, examine, modelFiles, type Finding } from "./conformance.ts";

const root = collection();
const page = "docs/interchange.md";
const [begin, end] = ["<!-- table: made by test/interchange/conformance.test.ts -->", "<!-- end of table -->"];

function findings(of: string): readonly Finding[] {
  return ["samples", "tests"]
    .map((part) => join(of, part))
    .filter((part) => existsSync(part))
    .flatMap((part) =>
      readdirSync(part).flatMap((folder) => modelFiles(join(part, folder)).map((file) => examine(part, folder, file))),
    );
}

/** Vensim's models that need no other file, no allocation and no matrix inverted. */
function isSimple(f: Finding): boolean {
  return (
    f.verdict !== "given" &&
    !f.why.some((w) => /another file|data that the model takes from outside|ALLOCATE|INVERT MATRIX/.test(w))
  );
}

function tableOf(all: readonly Finding[]): string {
  const folders = (pattern: RegExp): Map<string, Finding[]> => {
    const by = new Map<string, Finding[]>();
    for (const f of all.filter((x) => pattern.test(x.file))) by.set(f.folder, [...(by.get(f.folder) ?? []), f]);
    return by;
  };
  const reached = (by: Map<string, Finding[]>, verdicts: readonly Finding["verdict"][]): number =>
    [...by.values()].filter((files) => files.some((f) => verdicts.includes(f.verdict))).length;
  const xmile = folders(/\.(?:xmile|xml)$/);
  const stella = folders(/\.stmx$/);
  const mdl = folders(/\.mdl$/);
  const simple = new Map([...mdl].filter(([, files]) => files.every(isSimple)));
  const row = (f: Finding): string => {
    const why =
      f.why.slice(0, 3).join("; ").replaceAll(/[|\n]/g, " ") +
      (f.why.length > 3 ? `; and ${f.why.length - 3} more` : "");
    return `| ${f.folder} | ${f.file} | ${f.verdict} | ${f.compared} | ${f.compared === 0 ? "" : f.worst < 1e-15 ? "0" : f.worst.toExponential(0)} | ${why} |`;
  };
  const counts = (name: string, by: Map<string, Finding[]>): string =>
    `| ${name} | ${by.size} | ${reached(by, ["equal"])} | ${reached(by, ["equal", "given"])} |`;
  return [
    `| format | folders | equal in all figures | and with what the file leaves open given |`,
    `|---|---|---|---|`,
    counts("XMILE (.xmile)", xmile),
    counts("Stella (.stmx)", stella),
    counts("Vensim (.mdl)", mdl),
    counts("Vensim, without external data, allocation and matrices", simple),
    "",
    "| model | file | result | figures compared | greatest relative difference | why |",
    "|---|---|---|---|---|---|",
    ...all.map(row),
  ].join("\n");
}

describe.skipIf(root === null)("models of other programs", () => {
  it("fare as docs/interchange.md says", { timeout: 600_000 }, () => {
    const table = tableOf(findings(root ?? ""));
    const text = readFileSync(page, "utf8");
    const [head = "", rest = ""] = text.split(begin);
    const [, tail = ""] = rest.split(end);
    const wanted = `${head}${begin}\n\n${table}\n\n${end}${tail}`;
    if (process.env["UPDATE"] === "1") writeFileSync(page, wanted);
    expect(readFileSync(page, "utf8")).toBe(wanted);
  });
});
