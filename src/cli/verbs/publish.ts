/** `casus publish`: a case as a static folder or as one HTML file, for any number of readers. */

import { dirname, extname, join } from "node:path";
import type { Command } from "commander";
import {
  isClean,
  pageHtml,
  printDiagnostics,
  writePage,
  type Lab,
  type PageData,
  type PageExtra,
  type Progress,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";
import { appFiles, fileAssets, inlineAssets, extraNames } from "../page/assets.ts";
import {
  evidenceText,
  headOf,
  pageWithoutFindings,
  withFindings,
  withLead,
  withPanels,
  withTable,
} from "../page/case-page.ts";
import { withPageOptions, type PageMaking } from "../page/options.ts";
import { addShardsOption, queueOption } from "../options.ts";
import { checkWritable, makeFolder, writeWhole } from "../writing.ts";

interface PublishOptions extends PageMaking {
  readonly out: string;
  readonly singleFile?: boolean;
  readonly budget?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly queue?: string;
  readonly shards?: string;
}

export function addPublish(program: Command, done: Done): void {
  withPageOptions(
    addShardsOption(program.command("publish <case>").addOption(queueOption()))
      .description(
        "write a case as a page for others: a folder for any static host, or one file that opens without one",
      )
      .requiredOption("--out <path>", "the folder to write; with --single-file, the HTML file")
      .option("--single-file", "everything in one HTML file, which opens from a disk, offline"),
  ).action(async (path: string, o: PublishOptions) => done(await publishCase(path, o)));
}

/** Writes the page. 1 where the case is wrong, which has been told. */
export async function publishCase(path: string, o: PublishOptions): Promise<ExitCode> {
  if (o.singleFile === true && extname(o.out) !== ".html")
    throw new Usage(`--single-file writes one HTML file: name it, as in --out ${o.out.replace(/[/\\]$/, "")}.html`);
  const data = pageWithoutFindings(path, o);
  if (data.model === null || !isClean(data.diagnostics)) {
    process.stderr.write(printDiagnostics(data.diagnostics, data.documents));
    return 1;
  }
  // Before the long work, not after it.
  makeFolder(o.singleFile === true ? dirname(o.out) : o.out);
  if (o.singleFile === true) checkWritable(o.out);
  const { data: whole, extras } = await drive(o, (lab, stage) => made(path, data, o, lab, stage));
  const text = writePage(whole);
  if (o.singleFile === true) {
    const inside = extras.map(({ id, bytes }): PageExtra => ({
      id,
      source: { kind: "inline", text: bytes.toString(id === "table" ? "base64" : "utf8") },
    }));
    writeWhole(o.out, pageHtml(headOf(whole, "none"), text, inlineAssets(), inside));
    process.stderr.write(`casus: wrote ${o.out}; it opens in a browser as it is\n`);
    return 0;
  }
  const beside = extras.map(({ id }): PageExtra => ({ id, source: { kind: "file", name: extraNames[id] } }));
  const head = headOf(whole, extras.length === 0 ? "none" : "self");
  writeWhole(join(o.out, "index.html"), pageHtml(head, text, fileAssets, beside));
  for (const { id, bytes } of extras) writeWhole(join(o.out, extraNames[id]), bytes);
  for (const [name, bytes] of appFiles()) writeWhole(join(o.out, name), bytes);
  process.stderr.write(
    `casus: wrote ${o.out}; put the folder on any static host (opened from a disk it shows nothing: use --single-file for that)\n`,
  );
  return 0;
}

/** The page's data with its findings, and what it loads beside them. */
async function made(
  path: string,
  data: PageData,
  o: PublishOptions,
  lab: Lab,
  stage: (text: string) => void,
): Promise<{
  readonly data: PageData;
  readonly extras: readonly { readonly id: PageExtra["id"]; readonly bytes: Buffer }[];
}> {
  const { data: whole, bytes } = await withTable(
    await withFindings(await withLead(data, lab, o.budget), lab, o.budget),
    lab,
  );
  const evidence = await evidenceText(whole, lab, o.budget);
  return {
    data: o.brief === true ? whole : await withPanels(path, whole, lab, stage, o.budget),
    extras: [
      ...(bytes === null ? [] : [{ id: "table" as const, bytes: Buffer.from(bytes) }]),
      ...(evidence === null ? [] : [{ id: "evidence" as const, bytes: Buffer.from(evidence) }]),
    ],
  };
}
