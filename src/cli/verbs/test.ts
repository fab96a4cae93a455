/** `casus test`: what a case expects of itself, checked. */

import type { Command } from "commander";
import { recordTests, testFindings, testJson, testBlocks } from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { loadToRun } from "../load.ts";
import { requestOf, withRunOptions, type RunOptions } from "../options.ts";
import { kept } from "../shard-folder.ts";
import { provenanceOf, screenText, writeOutput } from "../output.ts";

export function addTest(program: Command, done: Done): void {
  withRunOptions(program.command("test <case>").description("check what the case expects of itself")).action(
    async (path: string, o: RunOptions) => done(await testCase(path, { ...o, series: [] })),
  );
}

async function testCase(path: string, o: RunOptions): Promise<ExitCode> {
  const { model, documents, tables, fed } = loadToRun(path);
  const request = requestOf(model, o);
  const provenance = provenanceOf(model, documents, o.engine);
  const findings = await drive(o, (lab) =>
    testFindings(model, request, kept(lab, o, { verb: "test", provenance, request })),
  );
  const records = { tests: recordTests(model, tables, o.seed), tables, fed };
  writeOutput(
    o.json === true
      ? testJson(findings, records, provenance)
      : screenText(testBlocks(findings, records, provenance), o),
    o,
  );
  // A claim that its record contradicts is a finding, not a fault of the case; a row that cannot be read is one.
  const isRead = tables.every((t) => t.problems.length === 0);
  return isRead && findings.expectations.every((e) => e.state === "passed") ? 0 : 1;
}
