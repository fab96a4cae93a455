/** What each tool of `casus mcp` does: arguments in; the text that the command prints out. */

import {
  checkExplained,
  costOf,
  coverage,
  coverageBlocks,
  explainFindings,
  explainJson,
  explainBlocks,
  flipFindings,
  flipJson,
  flipBlocks,
  isClean,
  job,
  learnFindings,
  learnJson,
  learnPage,
  notRunOf,
  noShelf,
  plainSituation,
  plainPalette,
  terminalText,
  type Block,
  plural,
  printDiagnostics,
  runFindings,
  runJson,
  runBlocks,
  soundBlocks,
  standing,
  tellJson,
  tellBlocks,
  usualTable,
  type Progress,
} from "#internal.ts";
import { Usage } from "../disk.ts";
import { drive } from "../drive.ts";
import { requestOf, type RunOptions } from "../options.ts";
import { provenanceOf } from "../output.ts";
import { checkTarget } from "../verbs/explain.ts";
import { columnsBeside } from "../load.ts";
import { fixTexts } from "../verbs/check.ts";
import { learnRequestOf } from "../verbs/learn.ts";
import { publishCase } from "../verbs/publish.ts";
import { storyOf } from "../verbs/tell.ts";
import { writeCaseText } from "../writing.ts";
import type { ArgumentsOf, ToolName } from "./arguments.ts";
import { caseInside, checkLinks, placeToWrite } from "./ground.ts";
import { openCase, openToRun, type SoundCase } from "./opened-case.ts";

/** What the server lends a tool: how much it may do, and whom it tells. */
export interface ToolHost {
  readonly threads: number;
  readonly budget: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

type Tool<Name extends ToolName> = (asked: ArgumentsOf<Name>, host: ToolHost) => string | Promise<string>;

/** By name. What cannot be done is a `Refused`. */
export const tools: { readonly [Name in ToolName]: Tool<Name> } = {
  check: checkTool,
  fix: fixTool,
  run: runTool,
  explain: explainTool,
  flip: flipTool,
  learn: learnTool,
  tell: tellTool,
  publish: publishTool,
};

function textOf(blocks: readonly Block[]): string {
  return terminalText(blocks, { width: 100, palette: plainPalette });
}

function checkTool({ coverage: isWanted = true, ...asked }: ArgumentsOf<"check">): string {
  const { documents, model, diagnostics } = openCase(asked);
  const found = printDiagnostics(diagnostics, documents);
  if (model === null) return found;
  const covered = isWanted ? `\n${textOf(coverageBlocks(coverage(model)))}` : "";
  return `${found}${diagnostics.length === 0 ? textOf(soundBlocks(model)) : ""}${covered}`;
}

function fixTool(asked: ArgumentsOf<"fix">): string {
  const { path, documents } = openCase(asked);
  const fixed = fixTexts(documents, path === null ? undefined : columnsBeside(path));
  const changed = fixed.documents.filter((d, i) => d.text !== documents[i]?.text);
  if (path !== null) for (const { name, text } of changed) writeCaseText(name, text);
  const taken = `${plural(fixed.taken, "fix", "fixes")} taken${changed.length > 0 && path !== null ? ` in ${changed.map((d) => d.name).join(", ")}` : ""}.`;
  const { diagnostics } = openCase(path === null ? { text: fixed.documents[0]?.text ?? "" } : { case: path });
  const left =
    diagnostics.length === 0
      ? "Nothing is wrong with it now."
      : `What is left:\n${printDiagnostics(diagnostics, fixed.documents)}`;
  const text =
    path === null && changed.length > 0 ? `\n\nThe text with the fixes:\n${fixed.documents[0]?.text ?? ""}` : "";
  return `${taken}\n${left}${text}`;
}

async function runTool(asked: ArgumentsOf<"run">, host: ToolHost): Promise<string> {
  const opened = openToRun(asked);
  const { model, documents } = opened;
  const o = optionsOf(asked, host);
  const request = requestOf(model, o);
  const findings = await drive({ ...o, ...host }, (lab) => runFindings(model, request, lab));
  const provenance = provenanceOf(model, documents);
  return withWarnings(
    opened,
    asked.format === "json"
      ? runJson(model, findings, provenance, notRunOf(model))
      : textOf(runBlocks(model, findings, provenance, { figures: true, outcomes: false })),
  );
}

async function explainTool(asked: ArgumentsOf<"explain">, host: ToolHost): Promise<string> {
  const { opened, o, request } = explained(asked, host);
  const { model, documents } = opened;
  const findings = await drive({ ...o, ...host }, (lab) =>
    explainFindings({ model, name: asked.target, request, game: "removal", options: usualTable, lab }),
  );
  const provenance = provenanceOf(model, documents);
  return withWarnings(
    opened,
    asked.format === "json"
      ? explainJson(findings, provenance, null)
      : textOf(explainBlocks(findings, provenance, { everything: false })),
  );
}

async function flipTool(asked: ArgumentsOf<"flip">, host: ToolHost): Promise<string> {
  const { opened, o, request } = explained(asked, host);
  const { model, documents } = opened;
  const findings = await drive({ ...o, ...host }, (lab) =>
    flipFindings({ model, name: asked.target, request, options: usualTable, lab }),
  );
  const provenance = provenanceOf(model, documents);
  return withWarnings(
    opened,
    asked.format === "json"
      ? flipJson(findings, provenance, null)
      : textOf(flipBlocks(model, findings, provenance, { everything: false })),
  );
}

function explained(
  asked: ArgumentsOf<"explain">,
  host: ToolHost,
): { readonly opened: SoundCase; readonly o: RunOptions; readonly request: ReturnType<typeof requestOf> } {
  const opened = openToRun(asked);
  checkTarget(opened.model, asked.target);
  const o = optionsOf(asked, host);
  const request = requestOf(opened.model, o);
  checkExplained({
    model: opened.model,
    name: asked.target,
    request,
    options: usualTable,
    beside: { jitter: 0, scenarios: false },
    find: noShelf.find,
  });
  return { opened, o, request };
}

async function learnTool(asked: ArgumentsOf<"learn">, host: ToolHost): Promise<string> {
  const opened = openToRun(asked);
  const { called, model, documents } = opened;
  const { until } = asked;
  if (until !== undefined && !/^\d{4}-\d{2}(-\d{2})?$/.test(until))
    throw new Usage(`learn: 'until' is a date such as 2023-06 or 2023-06-30, not ${until}`);
  const o = { ...optionsOf(asked, host), ...(until === undefined ? {} : { until }) };
  const request = learnRequestOf(model, called, o);
  const findings = await drive({ ...o, ...host }, (lab) => learnFindings(model, request, lab));
  const provenance = provenanceOf(model, documents);
  return withWarnings(
    opened,
    asked.format === "json" ? learnJson(findings, provenance) : textOf(learnPage(model, findings, provenance)),
  );
}

function optionsOf(
  { views = [], set = {}, worlds, seed = 1 }: Pick<ArgumentsOf<"run">, "views" | "set" | "worlds" | "seed">,
  { budget, threads }: ToolHost,
): RunOptions {
  const isAll = views.includes("all");
  return {
    view: isAll ? [] : views,
    allViews: isAll,
    ...(worlds === undefined ? {} : { worlds }),
    seed,
    set,
    choices: [],
    series: [],
    budget,
    threads,
    engine: "wasm",
  };
}

/** Warnings stand before what was found, since they say what to make of it. */
function withWarnings({ warnings }: SoundCase, text: string): string {
  return warnings === "" ? text : `${warnings}\n${text}`;
}

/** Runs told by the reference interpreter cost some thirty times as much as runs counted. */
const toldRun = 30;
/** Runs gone through for one in which what is asked for is so, where the budget allows them. */
const mostTried = 5000;

function tellTool(asked: ArgumentsOf<"tell">, { budget }: ToolHost): string {
  const opened = openToRun(asked);
  const { model, documents } = opened;
  const { set = {}, seed = 1, format, view, where, world } = asked;
  const given = Object.fromEntries(Object.entries({ view, where, world }).filter(([, value]) => value !== undefined));
  // The calling thread does it and cannot be stopped meanwhile: a thirtieth of the budget bounds it to seconds.
  const { work } = costOf(model, [job("tell", plainSituation(standing(model, {})), { series: [], always: [] })], 1);
  const affordable = Math.floor(budget / toldRun / (toldRun * work));
  if (affordable < 1)
    throw new Usage("one run of this case is more than the budget allows to tell; make the steps longer");
  const told = storyOf(model, documents, { ...given, set, seed }, Math.min(mostTried, affordable));
  return withWarnings(opened, format === "json" ? tellJson(model, told) : textOf(tellBlocks(model, told)));
}

async function publishTool({ case: path, out, brief = true }: ArgumentsOf<"publish">, host: ToolHost): Promise<string> {
  const place = placeToWrite(out);
  const { documents, diagnostics, model } = openCase({ case: path });
  if (model === null || !isClean(diagnostics))
    throw new Usage(
      `${path} is not published, because of what is wrong with it\n${printDiagnostics(diagnostics, documents)}`,
    );
  const isFile = place.endsWith(".html");
  if (!isFile && place === ".") throw new Usage("publish: 'out' is the served folder itself; name a folder inside it");
  if (!isFile) checkLinks(place);
  await publishCase(caseInside(path), {
    out: place,
    singleFile: isFile,
    brief,
    seed: 1,
    ...host,
  });
  return isFile
    ? `Wrote ${place}. It opens in a browser as it is, offline.`
    : `Wrote the folder ${place}. Put it on any static host; opened from a disk it shows nothing: for that, name a file that ends in .html.`;
}
