/** `casus publish`: a case as a static folder or as one HTML file, for any number of readers. */

import { dirname, extname, join } from "node:path";
import type { Command } from "commander";
import {
  isClean,
  pageHtml,
  mostBytes,
  printDiagnostics,
  toBase85,
  writePage,
  type Lab,
  type PageData,
  type PageExtra,
  type Progress,
} from "#internal.ts";
import { drive } from "../drive.ts";
import type { Done, ExitCode } from "../exit.ts";
import { Usage } from "../files.ts";
import { mention } from "../notes.ts";
import { appFiles, checkBuilt, extraNames, fileAssets, inlineAssets, packText } from "../page/assets.ts";
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
import { shareImage, shareName } from "../page/share-image.ts";
import { status } from "../status.ts";
import { checkWritable, makeFolder, writeWhole } from "../writing.ts";

interface PublishOptions extends PageMaking {
  readonly out: string;
  readonly singleFile?: boolean;
  readonly budget?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly queue?: string;
  readonly shards?: string;
  /** Where the page will be. */
  readonly address?: string;
}

export function addPublish(program: Command, done: Done): void {
  const command = withPageOptions(
    program
      .command("publish <case>")
      .description(
        "write a case as a page for others: a folder for any static host, or one file that opens without a host",
      )
      .requiredOption("--out <path>", "the folder to write; with --single-file, the HTML file")
      .option("--single-file", "everything in one HTML file, which opens from a disk, offline")
      .option("--address <url>", "the address where the page will be; with it, a link to the page shows its picture"),
  );
  addShardsOption(command.addOption(queueOption())).action(async (path: string, o: PublishOptions) =>
    done(await publishCase(path, o)),
  );
}

/** Writes the page. 3 where the case is wrong, which has been reported. */
export async function publishCase(path: string, o: PublishOptions): Promise<ExitCode> {
  if (o.singleFile === true && extname(o.out) !== ".html")
    throw new Usage(`--single-file writes one HTML file: name it, as in --out ${o.out.replace(/[/\\]$/, "")}.html`);
  const data = pageWithoutFindings(path, o);
  if (data.model === null || !isClean(data.diagnostics)) {
    process.stderr.write(printDiagnostics(data.diagnostics, data.documents));
    return 3;
  }
  if (o.address !== undefined && !/^https?:\/\//.test(o.address))
    throw new Usage(`--address takes an address that begins with https://, not ${o.address}`);
  // Before the long work, not after it.
  checkBuilt(o.singleFile === true ? "single" : "app");
  makeFolder(o.singleFile === true ? dirname(o.out) : o.out);
  if (o.singleFile === true) checkWritable(o.out);
  const { data: whole, table, evidence } = await drive(o, (lab, stage) => made(path, data, o, lab, stage));
  if (o.singleFile === true) {
    const inside: readonly PageExtra[] = [
      ...(table === null ? [] : [inPage("table", toBase85(table))]),
      ...(evidence === null ? [] : [inPage("evidence", packText(evidence))]),
    ];
    writeWhole(o.out, pageHtml(headOf(whole, "none"), packText(writePage(whole)), inlineAssets(), inside));
    mention(`wrote ${o.out}; it opens in a browser as it is`);
    return 0;
  }
  const extras = [
    ...(table === null ? [] : [{ id: "table" as const, bytes: table }]),
    ...(evidence === null ? [] : [{ id: "evidence" as const, bytes: evidence }]),
  ];
  status().doing("drawing the picture for sharing");
  const image = await shareImage(whole);
  const beside = extras.map(({ id }): PageExtra => ({ id, source: { kind: "file", name: extraNames[id] } }));
  const head = headOf(whole, "self", { image: image === null ? null : imageAddress(o.address) });
  writeWhole(join(o.out, "index.html"), pageHtml(head, writePage(whole), fileAssets, beside));
  for (const { id, bytes } of extras) writeWhole(join(o.out, extraNames[id]), bytes);
  if (image !== null) writeWhole(join(o.out, shareName), image);
  for (const [name, bytes] of appFiles()) writeWhole(join(o.out, name), bytes);
  mention(
    `wrote ${o.out}; put the folder on any static host (opened from a disk it shows nothing: use --single-file for that)`,
  );
  return 0;
}

function inPage(id: PageExtra["id"], text: string): PageExtra {
  return { id, source: { kind: "inline", text } };
}

/** Whole where it is known where the page will be; many who show such pictures follow no other. */
function imageAddress(address: string | undefined): string {
  if (address === undefined) return shareName;
  return new URL(shareName, address.endsWith("/") || address.endsWith(".html") ? address : `${address}/`).href;
}

/** Bytes of a page in one file, and of its table at least: a long case gets a smaller table, whose figures say their larger error. */
const largestFile = 1_190_000;
const smallestTable = 64_000;

/** The page's data with its findings, and what it loads beside them. */
async function made(
  path: string,
  data: PageData,
  o: PublishOptions,
  lab: Lab,
  stage: (text: string) => void,
): Promise<{ readonly data: PageData; readonly table: Uint8Array | null; readonly evidence: string | null }> {
  const found = await withFindings(await withLead(data, lab, o.budget), lab, o.budget);
  const evidence = await evidenceText(found, lab, o.budget);
  const whole = o.brief === true ? found : await withPanels(path, found, lab, stage, o.budget);
  const { bytes } = await withTable(whole, lab, o.singleFile === true ? roomForTable(whole, evidence) : undefined);
  return { data: whole, table: bytes, evidence };
}

function roomForTable(whole: PageData, evidence: string | null): number {
  const rest = pageHtml(headOf(whole, "none"), packText(writePage(whole)), inlineAssets()).length;
  const left = largestFile - rest - (evidence === null ? 0 : packText(evidence).length);
  return Math.max(smallestTable, Math.min(mostBytes, Math.floor(left * 0.8)));
}
