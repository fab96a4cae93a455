/** The page *Use Casus from a program*: every example runs as it is printed, against the compiled package. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runExample } from "./examples.ts";

const page = readFileSync("docs/program.md", "utf8");

/** The example under a heading; the first of the page for "". */
function example(heading: string): string {
  const from = heading === "" ? 0 : page.indexOf(`\n## ${heading}\n`);
  const [, code] = /```js\n([^]*?)\n```/.exec(page.slice(from)) ?? [];
  if (from < 0 || code === undefined) throw new Error(`no example under '${heading}'`);
  return code;
}

describe("the page on programs", () => {
  it("gets from text to a verdict", () => {
    expect(runExample(example(""))).toBe("A promise keeps the peace holds\n");
  });

  it("runs a batch and goes on after a case that cannot be read", () => {
    const rows = runExample(example("A batch of cases")).trimEnd().split("\n");
    expect(rows.filter((r) => r.startsWith("guarantee,")).length).toBeGreaterThan(1);
    expect(rows.at(-1)).toMatch(/^no-such-case,,there is no casebook.no-such-case/);
  });

  it("shows a report in a page", () => {
    const shown = runExample(example("A notebook"), {
      before: "globalThis.document = { body: {} };",
      after: "console.log(document.body.innerHTML);",
    });
    expect(shown).toContain("Does it land heads?");
    expect(shown).toContain("<svg");
  });

  it("serves answers, and refuses what the case does not have", () => {
    const after = `
      const at = \`http://localhost:\${server.address().port}/\`;
      const good = await fetch(at);
      const bad = await fetch(at + "?view=nobody");
      console.log(JSON.stringify({ good: await good.json(), status: bad.status, why: await bad.text() }));
      server.close();
      threads.close("done");`;
    const { good, status, why } = JSON.parse(runExample(example("A server"), { after })) as {
      good: { schema: string; provenance: { worlds: number } };
      status: number;
      why: string;
    };
    expect(good).toMatchObject({ schema: "casus/run@1", provenance: { case: "guarantee", worlds: 200 } });
    expect(status).toBe(400);
    expect(why).toMatch(/^the case has no view 'nobody'/);
  });

  it("draws a chart of its own", () => {
    const svg = runExample(example("A chart of your own"));
    expect(svg).toMatch(/^<svg[^]*<\/svg>\s*$/);
    expect(svg).toContain("Not a forecast.");
  });
});
