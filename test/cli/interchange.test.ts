/** What the command line writes for other programs and reads from them, with those programs where they are there. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromIPC } from "@uwdata/flechette";
import { parse } from "csv-parse/sync";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, describe, expect, it } from "vitest";
import { csvOfParquet } from "#cli/parquet-rows.ts";
import { readModel } from "#model/check.ts";
import { isClean } from "#text/diagnostic.ts";
import { letter } from "../interchange/letter.ts";
import { casusIn, type Printed } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "casus-interchange-"));
afterAll(() => rmSync(folder, { recursive: true }));

const casus = (...words: readonly string[]): Promise<Printed> => casusIn(folder, words);

/** The code blocks of a recipe, by language, in order. */
function blocks(page: string, language: string): readonly string[] {
  const all = readFileSync(`docs/recipes/${page}`, "utf8").matchAll(/^```(\w*)\n([^]*?)^```/gm);
  return [...all].flatMap(([, own, text = ""]) => (own === language ? [text] : []));
}

function isThere(program: string, ...words: readonly string[]): boolean {
  return spawnSync(program, words).status === 0;
}

const hasPandas = isThere("/usr/bin/python3", "-c", "import pandas");
const hasR = isThere("Rscript", "--version");
// A reader of the log should see what was not tried.
if (!hasPandas)
  process.stderr.write("LEFT OUT: pandas is not here (apt-get install python3-pandas); its recipe was not run\n");
if (!hasR) process.stderr.write("LEFT OUT: R is not here (apt-get install r-base-core); its recipe was not run\n");

interface Row {
  readonly claim_read: string;
  readonly outcome_helped: string;
}

describe("runs in other programs", () => {
  let means: Readonly<Record<"true" | "false", number>> = { true: NaN, false: NaN };

  it("are written by the recipe's own commands", async () => {
    writeFileSync(join(folder, "letter.casus"), letter);
    const lines = blocks("reading-runs.md", "")
      .flatMap((b) => b.split("\n"))
      .filter((l) => l.startsWith("casus run"));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect((await casus(...line.split(" ").slice(1))).status, line).toBe(0);
    const rows = parse(readFileSync(join(folder, "runs.csv"), "utf8"), { columns: true }) as Row[];
    const mean = (truth: string): number => {
      const own = rows.filter((r) => r.claim_read === truth).map((r) => Number(r.outcome_helped));
      return own.reduce((a, b) => a + b, 0) / own.length;
    };
    means = { true: mean("true"), false: mean("false") };
    expect(rows).toHaveLength(1000);
    expect(means.true).toBeGreaterThan(means.false);
  });

  it("DuckDB reads the Parquet file and its metadata", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const [first = "", second = ""] = blocks("reading-runs.md", "sql").map((sql) =>
      sql.replaceAll("'runs.parquet'", `'${join(folder, "runs.parquet")}'`),
    );
    const rows = (await connection.runAndReadAll(first)).getRowObjects();
    expect(rows.map((r) => [r["read"], Number(r["runs"])])).toEqual([
      [false, expect.any(Number)],
      [true, expect.any(Number)],
    ]);
    expect(Number(rows[0]?.["helped"])).toBeCloseTo(means.false, 12);
    expect(Number(rows[1]?.["helped"])).toBeCloseTo(means.true, 12);
    expect((await connection.runAndReadAll(second)).getRowObjects()).toEqual([{ model: "letter" }]);
  });

  it.skipIf(!hasPandas)("pandas reads the CSV file and its metadata", () => {
    const { stdout, stderr } = spawnSync("/usr/bin/python3", ["-c", blocks("reading-runs.md", "python").join("\n")], {
      encoding: "utf8",
      cwd: folder,
    });
    const [head, groups = ""] = stdout.trim().split("\n");
    expect(`${stderr}${head}`).toBe("letter share 1000");
    const read = JSON.parse(groups.replaceAll("True", '"true"').replaceAll("False", '"false"')) as Record<
      string,
      number
    >;
    expect(read["true"]).toBeCloseTo(means.true, 5);
    expect(read["false"]).toBeCloseTo(means.false, 5);
  });

  it.skipIf(!hasR)("R reads the CSV file and the tidy table", () => {
    const { stdout, stderr } = spawnSync("Rscript", ["-e", blocks("reading-runs.md", "r").join("\n")], {
      encoding: "utf8",
      cwd: folder,
    });
    expect(`${stderr}${stdout}`).toContain("[1] 1000");
    expect(stdout).toContain(String(Number(means.true.toFixed(5))).slice(0, 6));
  });

  it("an Arrow file has the same rows, with units and provenance", async () => {
    expect((await casus("run", "letter.casus", "--worlds", "500", "--runs", "runs.arrow")).status).toBe(0);
    const table = tableFromIPC(readFileSync(join(folder, "runs.arrow")));
    expect(table.numRows).toBe(1000);
    const rows = table.toArray() as unknown as readonly { claim_read: boolean; outcome_helped: number }[];
    const own = rows.filter((r) => r.claim_read).map((r) => r.outcome_helped);
    expect(own.reduce((a, b) => a + b, 0) / own.length).toBeCloseTo(means.true, 12);
    const field = table.schema.fields.find((f) => f.name === "outcome_helped");
    expect(field?.metadata?.get("unit")).toBe("share");
    expect(JSON.parse(table.schema.metadata?.get("casus") ?? "{}")).toMatchObject({
      schema: "casus/runs@1",
      provenance: { case: "letter" },
    });
  });

  it("the tidy table holds the report's figures", async () => {
    const told = JSON.parse((await casus("run", "letter.casus", "--worlds", "500", "--json")).stdout) as {
      profiles: readonly { choices: { send: string }; outcomes: Record<string, { mean: number }> }[];
    };
    const rows = parse(readFileSync(join(folder, "summary.csv"), "utf8"), { columns: true }) as Record<
      string,
      string
    >[];
    for (const p of told.profiles) {
      const row = rows.find(
        (r) => r["choice_send"] === p.choices.send && r["name"] === "helped" && r["statistic"] === "mean",
      );
      expect(Number(row?.["value"])).toBe(p.outcomes["helped"]?.mean);
      expect(row?.["unit"]).toBe("share");
    }
  });
});

describe("casus export", () => {
  it("writes XMILE that casus import opens again", async () => {
    const { stdout, status } = await casus("export", "letter.casus", "--format", "xmile", "--set", "send=letter_sent");
    expect(status).toBe(0);
    writeFileSync(join(folder, "letter.xmile"), stdout);
    const imported = await casus("import", "letter.xmile", "--out", "again.casus");
    expect(imported.stderr).toMatch(/carried over, nothing left out/);
    const again = readFileSync(join(folder, "again.casus"), "utf8");
    expect(isClean(readModel([{ name: "again.casus", text: again }])[1])).toBe(true);
  });

  it("writes forecasts as JSON and CSV, the same figures in both", async () => {
    const written = async (format: string): Promise<string> =>
      (await casus("export", "letter.casus", "--format", format, "--worlds", "500")).stdout;
    const json = JSON.parse(await written("forecasts-json")) as Record<string, unknown>[];
    const csv = parse(await written("forecasts-csv"), {
      columns: true,
    }) as Record<string, string>[];
    expect(json).toHaveLength(csv.length);
    expect(json[0]).toMatchObject({
      title: "Good will is warm by the end",
      type: "binary",
      scheduled_close_time: "2024-12-01T00:00:00Z",
      scheduled_resolve_time: "2024-12-01T00:00:00Z",
      description: expect.stringContaining("letter") as string,
      state: "open",
      resolution: null,
    });
    expect(Number(csv[0]?.["probability"])).toBe(json[0]?.["probability"]);
    expect(json[0]?.["resolution_criteria"]).toContain("good_will > 40%");
  });

  it("writes forecasts as markets that Manifold opens: what its API asks for, within its bounds", async () => {
    const { stdout, status } = await casus(
      "export",
      "letter.casus",
      "--format",
      "forecasts-manifold",
      "--worlds",
      "500",
    );
    expect(status).toBe(0);
    const markets = JSON.parse(stdout) as Record<string, unknown>[];
    expect(markets).toHaveLength(1);
    expect(Object.keys(markets[0] ?? {})).toEqual([
      "outcomeType",
      "question",
      "descriptionMarkdown",
      "closeTime",
      "initialProb",
    ]);
    expect(markets[0]).toMatchObject({ outcomeType: "BINARY", closeTime: Date.UTC(2024, 11, 1) });
    expect(markets[0]?.["initialProb"]).toBeGreaterThanOrEqual(1);
    expect(markets[0]?.["initialProb"]).toBeLessThanOrEqual(99);
    expect(Number.isInteger(markets[0]?.["initialProb"])).toBe(true);
  });

  it("refuses a format that there is not", async () => {
    expect(await casus("export", "letter.casus", "--format", "stella")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("xmile, argdown, forecasts-json, forecasts-csv, forecasts-manifold") as string,
    });
  });
});

describe("casus import of tables", () => {
  it("takes a record from JSON lines and from Parquet as from CSV", async () => {
    const record = (file: string): string => `case wars "Wars?"
record wars { file "${file}"  column year : year  column war : yes | no }
claim a historical "Often." { credence 50% }
test often "War is common" of a on wars: share(war = yes) > 50%
unknown often_seen : share ~ from record wars: share(war = yes)
outcome x : share = often_seen
`;
    writeFileSync(join(folder, "wars.csv"), "year,war\n1948,yes\n1956,no\n1962,yes\n");
    writeFileSync(
      join(folder, "wars.jsonl"),
      '{"year":1948,"war":"yes"}\n\n{"war":"no","year":1956}\n{"year":1962,"war":"yes"}\n',
    );
    writeFileSync(join(folder, "csv.casus"), record("wars.csv"));
    writeFileSync(join(folder, "lines.casus"), record("wars.jsonl"));
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: "year", data: [1948, 1956, 1962], type: "INT32" },
        { name: "war", data: ["yes", "no", "yes"], type: "STRING" },
      ],
    });
    writeFileSync(join(folder, "wars.parquet"), new Uint8Array(bytes));
    writeFileSync(join(folder, "parquet.casus"), record("wars.parquet"));
    const run = async (name: string): Promise<unknown> =>
      (JSON.parse((await casus("run", name, "--worlds", "300", "--json")).stdout) as { profiles: unknown }).profiles;
    const fromCsv = await run("csv.casus");
    expect(await run("lines.casus")).toEqual(fromCsv);
    expect(await run("parquet.casus")).toEqual(fromCsv);
  });

  it("refuses a Parquet file that is damaged or cut short", () => {
    const whole = new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: "year", data: [1948, 1956], type: "INT32" }] }),
    );
    expect(csvOfParquet(whole, "wars.parquet")).toBe("year\n1948\n1956\n");
    for (const bytes of [whole.subarray(0, whole.length - 9), new Uint8Array()])
      expect(() => csvOfParquet(bytes, "cut.parquet")).toThrow("is no Parquet file that can be read");
  });

  it("turns Parquet into CSV", async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: "year", data: [1948, 1956], type: "INT32" },
        { name: "war", data: ["yes", "no, not quite"], type: "STRING" },
      ],
    });
    writeFileSync(join(folder, "wars.parquet"), new Uint8Array(bytes));
    expect((await casus("import", "wars.parquet")).stdout).toBe('year,war\n1948,yes\n1956,"no, not quite"\n');
    writeFileSync(join(folder, "broken.parquet"), "PAR1 and nothing more");
    expect(await casus("import", "broken.parquet")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("is no Parquet file that can be read") as string,
    });
  });

  it("makes evidence of a column, which the case then takes", async () => {
    writeFileSync(join(folder, "polls.csv"), "month,approve\n2024-03,21\n2024/6,24.5\n2024-09,\n");
    const line =
      blocks("reading-runs.md", "")
        .flatMap((b) => b.split("\n"))
        .find((l) => l.startsWith("casus import")) ?? "";
    const { stdout, status } = await casus(...line.replace("--of support", "--of good_will").split(" ").slice(1));
    expect(status).toBe(0);
    expect(stdout).toContain("2024-03 -> 21 percent");
    expect(stdout).toContain("2024-06 -> 24.5 percent");
    expect(readModel([{ name: "with.casus", text: `${letter}\n${stdout}` }])[1]).toEqual([]);
    const bad = await casus(
      "import",
      "polls.csv",
      "--series",
      "p",
      "--of",
      "x",
      "--dates",
      "month",
      "--values",
      "nothing",
      "--error",
      "1%",
      "--discrepancy",
      "1%",
    );
    expect(bad).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("its columns are month, approve") as string,
    });
  });
});
