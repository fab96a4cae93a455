/** `casus explain`, `flip` and `compare` from the command line: reports, pictures, a table kept and read back, and what is refused by name. */

import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { casus } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-explain-"));
const quick = ["--worlds", "64", "--unknowns", "64"] as const;

describe("explain", () => {
  it("says what carries a conclusion, keeps its table, draws it, and reads the table back", async () => {
    const table = join(folder, "guarantee.table");
    const svg = join(folder, "bars.svg");
    const ask = ["explain", "casebook/guarantee", "treaty_deters", ...quick, "--table", table, "--svg", svg];
    const first = await casus(...ask);
    expect(first.status).toBe(0);
    expect(first.stdout).toContain("What carries it: A treaty makes an attack less likely");
    expect(first.stdout).toContain("believed_if_bound, believed 80 %");
    expect(first.stdout).toMatch(/run\s+for\s+this/);
    // It carries the type it is set in: 400 and 600.
    expect(readFileSync(svg, "utf8")).toMatch(
      /^<svg[^]*(@font-face\{[^}]*url\("data:font\/woff2;base64,[^"]{10000,}"\)[^}]*\}){2}/,
    );
    const again = await casus(...ask);
    expect(again.stdout).toMatch(/read\s+from\s+a\s+table/);
    // What was kept is rounded to 32 bits: the same to every digit a reader sees.
    const shares = (text: string): string => text.split("Working against")[0]?.split("\n\n")[2] ?? "";
    expect(shares(again.stdout)).toBe(shares(first.stdout));
    const other = await casus(...ask, "--seed", "2");
    expect(other.stdout).toMatch(/run\s+for\s+this/);
  });

  it("says how much of the variance each claim accounts for", async () => {
    const { status, stdout } = await casus(
      "explain",
      "casebook/guarantee",
      "treaty_deters",
      ...quick,
      "--game",
      "variance",
    );
    expect(status).toBe(0);
    expect(stdout).toContain("Not knowing which claims are true spreads the margin by");
    expect(stdout).toMatch(/the\s+part\s+of\s+that\s+variance,\s+in\s+per\s+cent/);
  });

  it("makes a damaged table anew, and says so", async () => {
    const table = join(folder, "bad.table");
    writeFileSync(table, "no table");
    const { status, stderr } = await casus(
      "explain",
      "casebook/guarantee",
      "treaty_deters",
      ...quick,
      "--table",
      table,
    );
    expect(status).toBe(0);
    expect(stderr).toContain("no gate table");
  });

  it("refuses a target the case does not have, with those it has", async () => {
    const { status, stderr } = await casus("explain", "casebook/guarantee", "nothing");
    expect(status).toBe(2);
    expect(stderr).toContain("it has treaty_deters, troops_deter_more, attack, worth_it");
  });

  it("moves what is judged", async () => {
    const { stdout } = await casus(
      "explain",
      "casebook/guarantee",
      "treaty_deters",
      "--worlds",
      "64",
      "--unknowns",
      "0",
      "--jitter",
      "3",
    );
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
      /10 figures in this model are the modeller's judgement. In 3 variants/,
    );
  });
});

describe("flip", () => {
  it("says what would reverse it, alone, over unknowns, and where it fails; draws strips and a tornado", async () => {
    const svg = join(folder, "flip.svg");
    const { status, stdout } = await casus(
      "flip",
      "casebook/guarantee",
      "treaty_deters",
      ...quick,
      "--scenarios",
      "--svg",
      svg,
    );
    expect(status).toBe(0);
    expect(stdout).toContain("believed_if_bound");
    expect(stdout).toContain("Where it fails");
    for (const file of [svg, join(folder, "flip-tornado.svg"), join(folder, "flip-map.svg")])
      expect(existsSync(file)).toBe(true);
  });
});

describe("compare", () => {
  it("sets options side by side", async () => {
    const { status, stdout } = await casus(
      "compare",
      "casebook/guarantee",
      "--worlds",
      "64",
      "--choices",
      "promise,troops",
    );
    expect(status).toBe(0);
    expect(stdout).toContain("Chance of an attack");
  });

  it("names the actors with values when asked for one without", async () => {
    const { status, stderr } = await casus("compare", "casebook/guarantee", "--for", "bystander");
    expect(status).toBe(2);
    expect(stderr).toContain("no actor 'bystander' with values");
  });
});
