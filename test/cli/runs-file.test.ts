/** Raw runs as files: read back by other readers, a row for each run, agreeing with what the report tells of them. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, it } from "vitest";
import { casus, type Printed } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-rows-"));
afterAll(() => rmSync(folder, { recursive: true }));
const model = join(folder, "rows.casus");
writeFileSync(
  model,
  `case rows "Rows?"
time 0 to 12 by month
actor x "X"
choice do by x = this | that
claim a causal "A." { credence 40% }
unknown u : share "How \\"much\\", in all" ~ 10% to 40%
stock s : share = 50%
  + u / 12 months because a
event e "E" rate (if do = that then 20 percent/year else 5 percent/year)
outcome last : share = final(s)
outcome came = happened(e)
`,
);

const run = (...words: readonly string[]): Promise<Printed> => casus("run", model, ...words);

interface Told {
  readonly profiles: readonly {
    readonly choices: { readonly do: string };
    readonly outcomes: Readonly<Record<string, { readonly mean: number }>>;
  }[];
}

// Over one stretch of 1,024 worlds.
const worlds = 1100;
const words = ["--worlds", String(worlds), "--seed", "4", "--json"] as const;
const names = "view,profile,world,seed,choice_do,claim_a,unknown_u,outcome_last,outcome_came";

interface Row {
  readonly choice_do: string;
  readonly world: number;
  readonly claim_a: boolean;
  readonly unknown_u: number;
  readonly outcome_last: number;
  readonly outcome_came: boolean;
}

function holds(rows: readonly Row[], told: Told): void {
  expect(rows).toHaveLength(2 * worlds);
  for (const profile of told.profiles) {
    const of = rows.filter((r) => r.choice_do === profile.choices.do);
    expect(of.map((r) => r.world)).toEqual(Array.from({ length: worlds }, (_, w) => w));
    // Means of the same numbers, summed in another order.
    const mean = (value: (r: Row) => number): number => of.reduce((sum, r) => sum + value(r), 0) / worlds;
    expect(mean((r) => r.outcome_last)).toBeCloseTo(profile.outcomes["last"]?.mean ?? 0, 12);
    expect(mean((r) => Number(r.outcome_came))).toBeCloseTo(profile.outcomes["came"]?.mean ?? 0, 12);
    // The stock rises by u in a year where the claim is true.
    for (const r of of) expect(r.outcome_last).toBeCloseTo(0.5 + (r.claim_a ? r.unknown_u : 0), 12);
  }
}

describe("casus run --runs", () => {
  it("writes Parquet that another reader reads, with units beside it", async () => {
    const file = join(folder, "runs.parquet");
    const { status, stdout } = await run(...words, "--runs", file);
    expect(status).toBe(0);
    const bytes = readFileSync(file);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const rows = (await parquetReadObjects({ file: buffer })).map((r) => ({ ...r, world: Number(r["world"]) }));
    expect(Object.keys(rows[0] ?? {}).join(",")).toBe(names);
    holds(rows as unknown as Row[], JSON.parse(stdout) as Told);
    const kept = parquetMetadata(buffer).key_value_metadata?.find((k) => k.key === "casus")?.value ?? "null";
    expect(JSON.parse(kept)).toMatchObject({
      schema: "casus/runs@1",
      request: { seed: 4, worlds },
      columns: expect.arrayContaining([
        { name: "unknown_u", of: "unknown", values: "number", label: 'How "much", in all', unit: "share" },
      ]) as unknown,
    });
  });

  it("writes CSV, and its units next to it", async () => {
    const file = join(folder, "runs.csv");
    const { status, stdout } = await run(...words, "--runs", file);
    expect(status).toBe(0);
    const rows = parse(readFileSync(file, "utf8"), {
      columns: true,
      cast: (text: string, { header }) => {
        if (header || !/^(true|false|[-\d.e]+)$/.test(text)) return text;
        return text === "true" ? true : text === "false" ? false : Number(text);
      },
    }) as unknown as Row[];
    expect(Object.keys(rows[0] ?? {}).join(",")).toBe(names);
    holds(rows, JSON.parse(stdout) as Told);
    expect(JSON.parse(readFileSync(`${file}-metadata.json`, "utf8"))).toMatchObject({ schema: "casus/runs@1" });
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("refuses other names, folders that are not there, and what is over budget, before it runs", async () => {
    expect(await run("--runs", join(folder, "runs.txt"))).toMatchObject({ status: 2, stdout: "" });
    expect(await run("--runs", join(folder, "none", "runs.csv"))).toMatchObject({ status: 2, stdout: "" });
    const file = join(folder, "many.csv");
    expect(await run("--runs", file, "--worlds", "1000000", "--budget", "1e3")).toMatchObject({
      status: 4,
      stdout: "",
    });
    expect(readdirSync(folder)).not.toContain("many.csv");
  });
});
