/** `casus report` as people meet it: by the name of the file HTML or Markdown, the same twice, and a plain refusal of any other form. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { casus } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-report-"));
afterAll(() => rmSync(folder, { recursive: true }));

const epidemic = ["report", "casebook/epidemic", "--worlds", "40"];

describe("casus report", () => {
  it("writes a page, or Markdown where the file's name asks for it", async () => {
    const [page, text] = [join(folder, "a.html"), join(folder, "a.md")];
    expect(await casus(...epidemic, "--out", page)).toMatchObject({ status: 0, stdout: "" });
    expect(await casus(...epidemic, "--out", text)).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[^]*<svg [^]*not a forecast[^]*<\/html>\n$/);
    expect(readFileSync(text, "utf8")).toMatch(/^# Close early, close late, or leave open\?\n[^]*\| --|---\|/);
  });

  it("writes the same twice, and to the screen what it writes to a file", async () => {
    const { stdout } = await casus(...epidemic);
    expect(stdout).toBe((await casus(...epidemic, "--format", "html")).stdout);
    expect(stdout).toBe(readFileSync(join(folder, "a.html"), "utf8"));
  });

  it("has the sections of a reader's questions in their order, and says what it did not work out", async () => {
    const { status, stdout } = await casus("report", "test/web/panels-case", "--worlds", "64", "--format", "markdown");
    expect(status).toBe(0);
    expect([...stdout.matchAll(/^## (.*)$/gm)].map((m) => m[1])).toEqual([
      "The question, and what the model says to it",
      "The claims, in the author's order",
      "What moves what",
      "What follows",
      "What it rests on, and what would reverse it",
      "When it fails",
      "Which of our choices matter",
      "The choices as a game",
      "The forecasts, and how they fared",
      "What may be said",
      "What this leaves out",
      "Corrections, and where to reply",
    ]);
    expect(stdout).toContain("Not in this report: what has been seen since.");
    expect(stdout).toMatch(/far too few to rank anybody/);
  });

  it("has in its JSON what casus explain, flip, play, score and learn print", async () => {
    const words = ["report", "test/web/panels-case", "--worlds", "64", "--learn", "--explain", "all", "--json"];
    const printed = JSON.parse((await casus(...words)).stdout) as Record<string, { readonly schema?: string } | null>;
    for (const [key, schema] of [
      ["contributions", "explain"],
      ["flips", "flip"],
      ["game", "play"],
      ["scores", "score"],
      ["learnt", "learn"],
    ] as const)
      expect(printed[key]?.schema, key).toBe(`casus/${schema}@1`);
    const rests = printed["rests"] as unknown as readonly { readonly conclusion: string }[];
    expect(new Set(rests.map((r) => r.conclusion))).toEqual(new Set(["works", "works_late", "pushes"]));
  });

  it("refuses to explain what it does not know", async () => {
    expect(await casus(...epidemic, "--explain", "some")).toMatchObject({ status: 2, stdout: "" });
  });

  it("refuses a form it does not know", async () => {
    expect(await casus(...epidemic, "--format", "pdf")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "casus: a report cannot be written as 'pdf'; write --format html or --format markdown\n",
    });
  });
});
