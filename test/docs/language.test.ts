/** The manual's examples: each stands behind the manual's whole case, checks without complaint, runs, and gives the figure written beside it. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { feed, readTable } from "#analysis/record/tables.ts";
import { drawsFor } from "#ensemble/draws/draws.ts";
import { ownView } from "#ensemble/draws/mind.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { prepare } from "#kernel/reference.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { functions } from "#model/functions.ts";
import { printDiagnostics } from "#text/print.ts";

interface Example {
  readonly heading: string;
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

const manual = readFileSync("docs/language.md", "utf8");

function examplesOf(markdown: string): readonly Example[] {
  const found: Example[] = [];
  const lines = markdown.split("\n");
  let heading = "";
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
    const fence = /^```casus ?(.*)$/.exec(line);
    if (fence === null) continue;
    const end = lines.indexOf("```", i);
    found.push({ heading, line: i + 1, info: fence[1] ?? "", text: lines.slice(i + 1, end).join("\n") });
    i = end;
  }
  return found;
}

const examples = examplesOf(manual);
const whole = examples.find((e) => e.info === "case")?.text ?? "";

/** The manual's own CSV files, by name. */
function csvOf(file: string): string {
  const [, text] = new RegExp("^```csv " + file.replace(".", "\\.") + "\\n([^`]*)```$", "m").exec(manual) ?? [];
  if (text === undefined) throw new Error(`the manual has no ${file}`);
  return text;
}

describe("the manual", () => {
  it("has an example for every word of the language", () => {
    const shown = examples.map((e) => e.text).join("\n");
    const words = [
      "case",
      "source",
      "time",
      "unit",
      "wording",
      "claim",
      "one of",
      "unknown",
      "view",
      "actor",
      "choice",
      "policy",
      "stock",
      "let",
      "table",
      "shock",
      "event",
      "each",
      "outcome",
      "conclusion",
      "suppose",
      "expect",
      "record",
      "test",
      "evidence",
      "forecast",
    ];
    expect(words.filter((w) => !new RegExp(`^ *${w} `, "m").test(shown))).toEqual([]);
  });

  it("lists every function as the checker knows it", () => {
    const rows = manual.split("\n").filter((l) => l.startsWith("| `"));
    for (const f of functions)
      expect(
        rows.filter((r) => r.includes(`\`${f.usage}\``) && r.includes(f.meaning) && r.includes(f.units)),
        f.usage,
      ).toHaveLength(1);
  });

  for (const example of examples) {
    it(`runs the example under '${example.heading}', line ${example.line}`, () => {
      const document = {
        name: "example.casus",
        text: example.info === "" ? `${whole}\n${example.text}\n` : `${example.text}\n`,
      };
      const [file, syntax] = parse(document);
      const [checked, problems] = check([file], [document]);
      expect(printDiagnostics([...syntax, ...problems], [document])).toBe("");
      if (checked === null) throw new Error("no model");
      const tables = checked.records.map((r) => readTable(r, csvOf(r.file)));
      expect(tables.flatMap((t) => t.problems)).toEqual([]);
      const { model } = feed(checked, tables);
      const choices = Object.fromEntries(model.choices.map((c) => [c.name, c.default ?? c.options[0]?.name ?? ""]));
      const program = prepare(model, { choices, suppositions: [] }, { finals: [], always: [], series: [] });
      const wanted = [...example.text.matchAll(/^outcome (\w+).*\/\/ = (\S+)$/gm)].map(
        (m) => [m[1] ?? "", Number(m[2])] as const,
      );
      const draws = drawsFor(model, { view: ownView, situation: plainSituation(choices) }, program, 1, 20);
      for (const [world, drawn] of draws.entries()) {
        const { outcomes } = program.run({ seed: 1, world, ...drawn });
        expect([...outcomes].every(Number.isFinite)).toBe(true);
        for (const [name, value] of wanted) {
          const at = model.outcomes.findIndex((o) => o.name === name);
          expect(at, name).toBeGreaterThanOrEqual(0);
          expect(Math.abs((outcomes[at] ?? NaN) - value), name).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
        }
      }
    });
  }
});
