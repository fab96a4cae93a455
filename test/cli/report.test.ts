/** `casus report` as people meet it: by the name of the file HTML or Markdown, the same twice, and a plain refusal of any other form. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "casus-report-"));
afterAll(() => rmSync(folder, { recursive: true }));

function casus(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/casus.js", ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

const epidemic = ["report", "casebook/epidemic", "--worlds", "40"];

describe("casus report", () => {
  it("writes a page, or Markdown where the file's name asks for it", () => {
    const [page, text] = [join(folder, "a.html"), join(folder, "a.md")];
    expect(casus(...epidemic, "--out", page)).toMatchObject({ status: 0, stdout: "" });
    expect(casus(...epidemic, "--out", text)).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[^]*<svg [^]*not a forecast[^]*<\/html>\n$/);
    expect(readFileSync(text, "utf8")).toMatch(/^# Close early, close late, or leave open\?\n[^]*\| --|---\|/);
  });

  it("writes the same twice, and to the screen what it writes to a file", () => {
    const { stdout } = casus(...epidemic);
    expect(stdout).toBe(casus(...epidemic, "--format", "html").stdout);
    expect(stdout).toBe(readFileSync(join(folder, "a.html"), "utf8"));
  });

  it("refuses a form it does not know", () => {
    expect(casus(...epidemic, "--format", "pdf")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "casus: a report cannot be written as 'pdf'; write --format html or --format markdown\n",
    });
  });
});
