/** `casus test`: what a case expects of itself, checked. */

import type { Command } from "commander";
import { testFindings, testJson, testReport } from "#casus.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { loadToRun } from "../load.ts";
import { requestOf, withRunOptions, type RunOptions } from "../options.ts";
import { kept } from "../shard-folder.ts";
import { paletteOf, provenanceOf, widthOf, write } from "../output.ts";

export function addTest(program: Command, done: Done): void {
  withRunOptions(program.command("test <case>").description("check what the case expects of itself")).action(
    async (path: string, o: RunOptions) => done(await testCase(path, { ...o, series: [] })),
  );
}

async function testCase(path: string, o: RunOptions): Promise<ExitCode> {
  const { model, documents } = loadToRun(path);
  const request = requestOf(model, o);
  const provenance = provenanceOf(model, documents);
  const findings = await drive(o, (lab) =>
    testFindings(model, request, kept(lab, o, { verb: "test", provenance, request })),
  );
  write(
    o.json === true ? testJson(findings, provenance) : testReport(findings, provenance, widthOf(), paletteOf(o)),
    o,
  );
  return findings.expectations.every((e) => e.state === "passed") ? 0 : 1;
}
