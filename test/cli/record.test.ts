/** Records, evidence and forecasts on the command line: what is printed, what is refused, and that nothing outside the case's folder is read. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casus as command, type Printed } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-record-"));
const here = join(folder, "case");

const text = `case c "Does losing topple?" { as of 2022-01 }
time 2022-01 to 2025-01 by month
claim a historical causal "Losing topples." { credence 50% }
event fall rate 0.5/year * (if a then 2 else 1)
outcome fell = happened(fall)
unknown share_lost : share "Share that fell" ~ from record wars: share(fell = yes)
outcome s : share = share_lost
record wars "Some wars" {
  file "wars.csv"
  column end : lost | won
  column fell : yes | no
}
test t "The lost fall more" of a on wars: share(fell = yes | end = lost) > share(fell = yes | end = won)
evidence quiet "No fall in 2022" by 2023-01: not happened(fall)
forecast f "It falls" of a by 2024-01: happened(fall) reading 80% state open
`;
const csv = `end,fell\n${"lost,yes\n".repeat(6)}${"won,no\n".repeat(7)}lost,no\nwon,yes\n`;

const casus = (...words: readonly string[]): Promise<Printed> => command(...words, "--threads", "1");

beforeAll(() => {
  mkdirSync(here);
  writeFileSync(join(here, "a.casus"), text);
  writeFileSync(join(here, "wars.csv"), csv);
  writeFileSync(join(folder, "outside.csv"), csv);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the case with another record file. */
function copy(name: string, table: string | null): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, "a.casus"), text);
  if (table !== null) writeFileSync(join(path, "wars.csv"), table);
  return path;
}

describe("casus test", () => {
  it("asks the record next to what the case expects, and gives the count with its conditions", async () => {
    const { status, stdout } = await casus("test", here, "--worlds", "5");
    expect(status).toBe(0);
    for (const part of ["supports it", "6 of 7 cases", "The other way round", "Fisher's exact test"])
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(part);
  });

  it("reports a row that does not fit by its line, and fails", async () => {
    const { status, stdout } = await casus("test", copy("bad", `${csv}drawn,yes\n`), "--worlds", "5");
    expect(status).toBe(1);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("line 17, column end: found 'drawn', wanted one of lost, won");
  });

  it("reads nothing outside the case's folder, and says what is not there", async () => {
    const linked = copy("linked", null);
    symlinkSync(join(folder, "outside.csv"), join(linked, "wars.csv"));
    expect(await casus("run", linked)).toMatchObject({ status: 2 });
    expect((await casus("run", linked)).stderr).toContain("leads out of the case's folder");
    expect((await casus("run", copy("none", null))).stderr).toContain("there is no");
  });

  it("runs on what the record feeds: 7 of 15, Jeffreys' mean", async () => {
    const { stdout } = await casus("run", here, "--worlds", "400", "--json");
    const parsed = JSON.parse(stdout) as {
      readonly profiles: readonly {
        readonly outcomes: Readonly<Record<string, { readonly mean: number; readonly se: number }>>;
      }[];
    };
    const told = parsed.profiles[0]?.outcomes["s"];
    expect(Math.abs((told?.mean ?? 0) - 7.5 / 16)).toBeLessThan(4 * (told?.se ?? 0));
  });
});

describe("casus learn", () => {
  it("says what moved, worth how many runs, and that it is one course of events inside this model", async () => {
    const { status, stdout } = await casus("learn", here, "--worlds", "2000");
    expect(status).toBe(0);
    for (const part of [
      "This is one course of events, inside this model",
      "effective runs",
      "How far each claim is believed",
      "No fall in 2022",
    ])
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(part);
  });

  it("refuses below the floor with what to do, and exits 1", async () => {
    const { status, stdout } = await casus("learn", here, "--worlds", "3");
    expect(status).toBe(1);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("--worlds");
  });

  it("reports on the first case by default, where a plain draw leaves too few, and says how many runs were needed", async () => {
    const { status, stdout } = await casus("learn", "casebook/kremlin-2022", "--worlds", "2000", "--no-conclusions");
    const words = stdout.replaceAll(/\s+/g, " ");
    expect(status).toBe(0);
    expect(words).not.toContain("No figures: fewer than 100");
    expect(words).toContain("importance sampling");
    expect(words).toMatch(/A17 .* 75 \d+ ±\d/);
  });

  it("counts nothing seen after a date, and knows no date that is none", async () => {
    expect((await casus("learn", here, "--until", "2022-06", "--worlds", "200")).stdout).toContain(
      "No evidence counts",
    );
    expect((await casus("learn", here, "--until", "soon")).status).toBe(2);
  });
});

describe("casus score", () => {
  it("lays open forecasts down once, and knows them again", async () => {
    expect((await casus("score", here, "--worlds", "100", "--freeze")).stderr).toContain("1 forecast laid down");
    const file = join(here, "forecasts.frozen.json");
    const before = readFileSync(file, "utf8");
    const { stdout, stderr } = await casus("score", here, "--worlds", "100", "--freeze");
    expect(stderr).toContain("0 forecasts laid down");
    expect(stdout).toContain("laid down");
    expect(readFileSync(file, "utf8")).toBe(before);
    writeFileSync(file, "{}");
    expect(await casus("score", here)).toMatchObject({ status: 2 });
  });
});
