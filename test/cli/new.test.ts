/** `casus new` as people meet it: what it writes is a tidy case that runs, and nothing of theirs is written over. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { casus } from "./command.ts";

const place = mkdtempSync(join(tmpdir(), "casus-new-"));
afterAll(() => rmSync(place, { recursive: true }));

describe("casus new", () => {
  it("writes a tidy case with the question asked, which checks, holds to its own expectations and runs", async () => {
    const folder = join(place, "my-first-case");
    const question = 'Who blinks: "us" or C:\\them?';
    expect(await casus("new", folder, "--question", question)).toMatchObject({ status: 0, stderr: "" });
    expect(await casus("check", folder)).toMatchObject({ status: 0 });
    expect((await casus("format", folder, "--check")).status).toBe(0);
    expect((await casus("test", folder)).status).toBe(0);
    const run = await casus("run", folder, "--view", "writer", "--view", "rival", "--worlds", "400", "--json");
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout).provenance).toMatchObject({ case: "my_first_case", title: question });
  });

  it("writes over nothing, and refuses a name that makes no case", async () => {
    const folder = join(place, "full");
    expect((await casus("new", folder)).status).toBe(0);
    const file = join(folder, "full.casus");
    writeFileSync(file, "mine");
    const again = await casus("new", folder);
    expect([again.status, again.stderr.includes("is there already")]).toEqual([2, true]);
    expect(readFileSync(file, "utf8")).toBe("mine");
    for (const name of ["2022", "été", "claim"]) {
      const refused = await casus("new", join(place, name));
      expect([name, refused.status, existsSync(join(place, name))]).toEqual([name, 2, false]);
    }
    expect((await casus("new", join(place, "asks"), "--question", "two\nlines")).status).toBe(2);
  });

  it("begins from a template by name, and lists them where there is none of that name", async () => {
    const folder = join(place, "spread");
    expect((await casus("new", folder, "--template", "epidemic")).status).toBe(0);
    expect(readFileSync(join(folder, "spread.casus"), "utf8")).toMatch(/^case spread "Does closing early/m);
    const refused = await casus("new", join(place, "other"), "--template", "plague");
    expect([refused.status, /there are bank, crisis/.test(refused.stderr)]).toEqual([2, true]);
  });

  it("drafts a case from a text, keeps the copy apart, and says what it left out", async () => {
    const text = join(place, "letter.md");
    writeFileSync(text, "# On rates\n\nThe council must cut its rates, because shops close. Why wait? It is so.\n");
    const folder = join(place, "rates");
    const made = await casus("new", folder, "--from", text, "--question", "Must they fall?");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toContain("too short: p1 s2, p1 s3");
    expect(made.stdout).toContain("Who acts: council.");
    const drafted = readFileSync(join(folder, "rates.casus"), "utf8");
    expect(drafted).toMatch(/^case rates "Must they fall\?"/m);
    expect(drafted).not.toContain("shops close");
    expect(readFileSync(join(folder, "text", "passages.md"), "utf8")).toContain("shops close");
    expect(readFileSync(join(folder, "text", ".gitignore"), "utf8")).toBe("*\n");
    expect((await casus("check", folder, "--source", join(folder, "text", "letter.txt"))).status).toBe(0);
    for (const [options, why] of [
      [["--from", join(place, "none.txt")], "there is no"],
      [["--from", folder], "is no text"],
      [["--from", text, "--template", "bank"], "give --from or --template"],
    ] as const) {
      const refused = await casus("new", join(place, "refused"), ...options);
      expect([refused.status, refused.stderr.includes(why), existsSync(join(place, "refused"))]).toEqual([
        2,
        true,
        false,
      ]);
    }
  });
});

describe("casus add", () => {
  it("puts a part into a case once under each name, and adds nothing that would not check", async () => {
    const folder = join(place, "charge");
    expect((await casus("new", folder)).status).toBe(0);
    const file = join(folder, "charge.casus");
    expect((await casus("add", "bank_run", folder, "--as", "mill")).status).toBe(0);
    const once = readFileSync(file, "utf8");
    expect(once).toContain("outcome mill_runs");
    const again = await casus("add", "bank_run", folder, "--as", "mill");
    expect([again.status, again.stderr.includes("Other names")]).toEqual([3, true]);
    const timed = await casus("add", "opinion", folder);
    expect([timed.status, timed.stderr.includes("time 2024-01"), timed.stderr.includes("Other names")]).toEqual([
      3,
      true,
      false,
    ]);
    expect(readFileSync(file, "utf8")).toBe(once);
    expect((await casus("add", "nothing", folder)).stderr).toContain("there are adoption");
  });
});
