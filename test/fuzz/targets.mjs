/** What an input goes through, by kind, and what must hold; a fault is thrown as `Fault` or by Casus itself. */

import {
  check,
  engineNamed,
  format,
  isClean,
  outline,
  parse,
  plainPalette,
  playFileBlocks,
  printDiagnostics,
  problemText,
  referenceEngine,
  Refused,
  solveFile,
  awaitsRecords,
  decodeTable,
  coverage,
  coverageBlocks,
  terminalText,
} from "../../dist/internal.js";
import { drawsFor } from "../../dist/ensemble/draws/draws.js";
import { costOf } from "../../dist/ensemble/cost.js";
import { job } from "../../dist/ensemble/jobs.js";
import { plainSituation } from "../../dist/ensemble/situation.js";
import { standing } from "../../dist/ensemble/profiles.js";
import { RunFailure } from "../../dist/kernel/engine.js";
import { fileAsEfg, fileAsNfg } from "../../dist/analysis/play/play-file.js";
import { Fault } from "./fault.mjs";
import { strangers } from "./strangers.mjs";

const look = { width: 100, palette: plainPalette };
const wasm = engineNamed("wasm", globalThis, () => {});
const worlds = 16;
/** Work of a run of 16 worlds above which a case is only checked. */
const mostWork = 2e6;

/** How far an input came: counted, so that a fuzzer that only makes garbage is seen to. */
export const kinds = {
  case: throughCase,
  game: throughGame,
  table: throughBytes,
  ...strangers,
};

function throughCase(text) {
  const document = { name: "fuzz.casus", text };
  const [tree, syntax] = parse(document);
  diagnosticsHold(syntax, document);
  outline(document);
  const [model, found] = check([tree], [document]);
  diagnosticsHold(found, document);
  if (!isClean(syntax)) return "read with errors";
  formatHolds(text, document);
  if (model === null) return "checked with errors";
  const again = JSON.stringify(model);
  if (JSON.stringify(JSON.parse(again)) !== again) throw new Fault("the model does not survive JSON");
  terminalText(coverageBlocks(coverage(model)), look);
  if (awaitsRecords(model)) return "checked";
  return runs(model);
}

function diagnosticsHold(diagnostics, document) {
  for (const d of diagnostics) {
    const { start, end } = d.span;
    if (!(start >= 0 && start <= end && end <= document.text.length))
      throw new Fault(`${d.code}: a span ${start} to ${end} of ${document.text.length}`);
  }
  const printed = printDiagnostics(diagnostics, [document]);
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(printed))
    throw new Fault("a control character is printed");
  if (/\b(undefined|NaN|\[object)\b/.test(printed) && !/undefined|NaN|\[object/.test(document.text))
    throw new Fault(`printed: ${/.*(undefined|NaN|\[object).*/.exec(printed)?.[0]}`);
}

/** What is tidy stays tidy, reads without errors, and means the same. */
function formatHolds(text, document) {
  const tidy = format(document);
  const twice = format({ ...document, text: tidy });
  if (twice !== tidy) throw new Fault("format is not stable");
  const [before] = parse(document);
  const [after, found] = parse({ ...document, text: tidy });
  if (!isClean(found)) throw new Fault(`formatted, it does not read: ${found[0]?.code}`);
  if (withoutPlaces(before) !== withoutPlaces(after)) throw new Fault("formatted, it means something else");
}

/** Of a tree, everything but where it was written and how. */
function withoutPlaces(tree) {
  return JSON.stringify(tree, (key, value) =>
    key === "span" ||
    key === "document" ||
    key === "start" ||
    key === "end" ||
    key.endsWith("Span") ||
    key === "comments" ||
    key === "blank" ||
    key === "raw" ||
    key === "written"
      ? undefined
      : value,
  );
}

function runs(model) {
  const stand = standing(model, {});
  const situation = plainSituation(stand);
  const one = job("case", situation, { series: [], always: [] });
  if (costOf(model, [one], worlds).work > mostWork) return "checked";
  const watch = { series: [...model.stocks, ...model.lets].slice(0, 8).map((s) => s.name), always: [], finals: [] };
  const setting = { choices: stand, suppositions: [] };
  const [a, b] = [referenceEngine, wasm].map((engine) => attempt(() => programOf(engine, model, setting, watch)));
  if (a.refused !== undefined || b.refused !== undefined) {
    if (a.refused !== b.refused)
      throw new Fault(`one engine compiles it, the other refuses: ${a.refused ?? b.refused}`);
    return "refused";
  }
  const drawn = attempt(() => drawsOf(model, a.value, situation));
  if (drawn.refused !== undefined) return "refused";
  const [x, y] = [a.value, b.value].map((program) => outcomeOf(program, drawn.value));
  const different = difference(x, y);
  if (different !== null) throw new Fault(`the engines differ: ${different}`);
  return typeof x === "string" ? "stopped" : "run";
}

function programOf(engine, model, setting, watch) {
  return engine.compile(model, setting, watch);
}

function attempt(work) {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof Refused || error instanceof RunFailure) return { refused: error.message };
    throw error;
  }
}

function drawsOf(model, program, situation) {
  const rows = drawsFor(model, { view: "case", situation }, program, 7, worlds);
  const by = (of, kind) => of.map((_, i) => Float64Array.from(rows, (r) => r[kind][i]));
  for (const row of rows)
    row.unknowns.forEach((value, i) => {
      if (!Number.isFinite(value)) throw new Fault(`the unknown '${model.unknowns[i].name}' is drawn as ${value}`);
    });
  return {
    seed: 7,
    worlds: Uint32Array.from(rows, (_, w) => w),
    claims: by(model.claims, "claims"),
    unknowns: by(model.unknowns, "unknowns"),
    believed: by(program.believed, "believed"),
  };
}

function outcomeOf(program, draws) {
  try {
    return program.run(draws);
  } catch (error) {
    if (error instanceof RunFailure) return `${error.message} (${Object.is(error.value, -0) ? "-0" : error.value})`;
    throw error;
  }
}

function difference(x, y) {
  if (typeof x === "string" || typeof y === "string")
    return x === y
      ? null
      : `${typeof x === "string" ? x : "no failure"} or ${typeof y === "string" ? y : "no failure"}`;
  for (const what of ["outcomes", "series", "firstTimes"])
    for (const [i, column] of x[what].entries())
      for (let at = 0; at < column.length; at++)
        if (!Object.is(column[at], y[what][i][at])) return `${what} ${i} at ${at}: ${column[at]} or ${y[what][i][at]}`;
  for (const column of x.outcomes)
    for (const value of column) if (!Number.isFinite(value)) throw new Fault(`an outcome is ${value}`);
  return null;
}

function throughGame(text) {
  let solved;
  try {
    solved = solveFile(text);
  } catch (error) {
    if (error instanceof Refused) return "refused";
    throw error;
  }
  const [file, problems] = solved;
  for (const p of problems) problemText("fuzz.efg", p);
  if (file === null) {
    if (problems.length === 0) throw new Fault("no game, and nothing said");
    return "read with errors";
  }
  const report = terminalText(playFileBlocks(file), look);
  if (/\bNaN\b|\bundefined\b|\[object/.test(report) && !/NaN|undefined|object/.test(text))
    throw new Fault(`printed: ${/.*(NaN|undefined|\[object).*/.exec(report)?.[0]}`);
  for (const written of [fileAsEfg(file), fileAsNfg(file)])
    if (written !== null) {
      const [again, wrong] = solveFile(written);
      if (again === null) throw new Fault(`what is exported cannot be read: ${wrong[0]?.message}`);
    }
  return "solved";
}

/** A gate table's file, its checksum made right again: what is read must be refused or be a table. */
function throughBytes(text) {
  const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
  if (bytes.length > 12) new DataView(bytes.buffer).setUint32(8, crc(bytes.subarray(12)), true);
  const read = attempt(() => decodeTable(bytes));
  return read.refused === undefined ? "read" : "refused";
}

/** CRC-32, as `table-bytes.ts` has it. */
function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}
