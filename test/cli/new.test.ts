/** `casus new` as people meet it: what it writes is a tidy case that runs, and nothing of theirs is written over. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const place = mkdtempSync(join(tmpdir(), "casus-new-"));
afterAll(() => rmSync(place, { recursive: true }));

function casus(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/casus.js", ...words], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("casus new", () => {
  it("writes a tidy case with the question asked, which checks, holds to its own expectations and runs", () => {
    const folder = join(place, "my-first-case");
    const question = 'Who blinks: "us" or C:\\them?';
    expect(casus("new", folder, "--question", question)).toMatchObject({ status: 0, stderr: "" });
    expect(casus("check", folder)).toMatchObject({ status: 0 });
    expect(casus("format", folder, "--check").status).toBe(0);
    expect(casus("test", folder).status).toBe(0);
    const run = casus("run", folder, "--view", "author", "--view", "sceptic", "--worlds", "400", "--json");
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout).provenance).toMatchObject({ case: "my_first_case", title: question });
  });

  it("writes over nothing, and refuses a name that makes no case", () => {
    const folder = join(place, "full");
    expect(casus("new", folder).status).toBe(0);
    const file = join(folder, "full.casus");
    writeFileSync(file, "mine");
    const again = casus("new", folder);
    expect([again.status, again.stderr.includes("is there already")]).toEqual([2, true]);
    expect(readFileSync(file, "utf8")).toBe("mine");
    for (const name of ["2022", "été", "claim"]) {
      const refused = casus("new", join(place, name));
      expect([name, refused.status, existsSync(join(place, name))]).toEqual([name, 2, false]);
    }
    expect(casus("new", join(place, "asks"), "--question", "two\nlines").status).toBe(2);
  });
});
