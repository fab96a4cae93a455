/** What files of other programs, addresses and files of settings go through, and what must hold of them. */

import {
  check,
  distinctViews,
  feed,
  importArgument,
  importModel,
  isClean,
  lossWarnings,
  mindOf,
  parse,
  printDiagnostics,
  readTable,
  recordTests,
  Refused,
  UnreadableFile,
  withMoved,
} from "../../dist/internal.js";
import { Fault } from "./fault.mjs";
import { readOnThread } from "./parquet-reader.mjs";
import { firstSettings, fromFragment, readSettingsFile, settle, withEdits } from "./page-readers.mjs";

export const strangers = {
  csv: (text) => throughRecord("fuzz.csv", text),
  xmile: (text) => throughImport(importModel, "fuzz.xmile", text),
  mdl: (text) => throughImport(importModel, "fuzz.mdl", text),
  argdown: (text) => throughImport(importArgument, "fuzz.argdown", text),
  aif: (text) => throughImport(importArgument, "fuzz.json", text),
  lines: (text) => throughRecord("fuzz.jsonl", text),
  parquet: throughParquet,
  fragment: throughFragment,
  settings: throughSettings,
};

/** A file gives a case that reads and checks, or is refused with a place inside it. */
function throughImport(importFile, name, text) {
  const document = { name, text };
  let made;
  try {
    made = importFile(document);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    printedHolds(printDiagnostics([error.diagnostic], [document]), text);
    return "refused";
  }
  const losses = lossWarnings(made.losses);
  for (const { span, code } of losses)
    if (!(span.start >= 0 && span.start <= span.end && span.end <= text.length))
      throw new Fault(`${code}: a span ${span.start} to ${span.end} of ${text.length}`);
  printedHolds(printDiagnostics(losses, [document]), text);
  const written = { name: `${made.name}.casus`, text: made.text };
  const [tree, syntax] = parse(written);
  if (!isClean(syntax)) throw new Fault(`the case does not read: ${syntax.find((d) => d.severity === "error")?.code}`);
  const wrong = check([tree], [written])[1].filter((d) => d.severity === "error");
  return wrong.length === 0 ? "a case" : `a case with errors: ${wrong[0].code}`;
}

function printedHolds(printed, text) {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(printed))
    throw new Fault("a control character is printed");
  if (/\b(undefined|NaN|\[object)/.test(printed) && !/undefined|NaN|\[object/i.test(text))
    throw new Fault(`printed: ${/.*(undefined|NaN|\[object).*/.exec(printed)?.[0]}`);
}

const caseText = `case fuzz "Fuzz" { as of 2022-01 }
time 2022-01 to 2024-01 by month
record events "Past cases" {
  file "events.csv"
  column start : year
  column won : yes | no or won_else
  column won_else : yes | no
  column losses : number
  column side : text
  column weight : number
  known by start
  cluster side
  count weight
}
test often "Often won" of a on events: share(won = yes) > 50%
test long "They last" of b on events: survival(losses, won = yes, 5) < 30%
unknown w : share "W" ~ from record events: share(won = yes)
claim a causal "A." { credence 50% }
claim b causal "B." { credence 20% }
claim c causal "C." { credence 20% }
one of {b, c, neither}
unknown u : share "U" ~ 10% to 40%
unknown v : share "V" ~ beta(2, 3)
view other "Another" { a 90%  u ~ 20% to 30% }
actor x "X"
choice do by x = this | that
stock s : share "S" = u
  + 1 percent/month because a
  - v * 1 percent/month because b or c
outcome o = s > 50% and w < 2
conclusion near of a: chance(o if do = this) > 10%
conclusion far of b: chance(o if do = this) > chance(o if do = that)
`;
const documents = [{ name: "fuzz.casus", text: caseText }];
const [model, wrong] = check([parse(documents[0])[0]], documents);
if (model === null) throw new Error(printDiagnostics(wrong, documents));
const views = distinctViews(model);
const first = firstSettings(model, views);

/** A table as records read it: each cell of its kind, or told; then the case's tests are asked of it. */
function throughRecord(file, text) {
  const record = { ...model.records[0], file };
  const table = readTable(record, text);
  const { rows } = table;
  for (const { values } of rows)
    for (const cell of Object.values(values))
      if (typeof cell === "number" && !Number.isFinite(cell))
        throw new Fault(`a cell is ${cell}, and no problem is told`);
  recordTests(model, [table], 7);
  try {
    feed(model, [table]);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  return rows.length > 0 ? "rows" : "no rows";
}

async function throughParquet(text) {
  const csv = await readOnThread(Uint8Array.from(text, (c) => c.charCodeAt(0)));
  return csv === null ? "refused" : throughRecord("fuzz.csv", csv);
}

function throughFragment(text) {
  let shared;
  try {
    shared = fromFragment(text);
  } catch (error) {
    if (error instanceof Refused) return "refused";
    throw error;
  }
  if (shared === null) return "not ours";
  fits(shared.settings);
  if (shared.text === null) return "settings";
  try {
    for (const { text: changed } of withEdits(documents, shared.text))
      if (typeof changed !== "string") throw new Fault("a changed text is no text");
  } catch (error) {
    if (error instanceof Refused) return "settings, text refused";
    throw error;
  }
  return "settings and text";
}

async function throughSettings(text) {
  let given;
  try {
    given = await readSettingsFile(new File([text], "settings.json"), "fuzz");
  } catch (error) {
    if (error instanceof Refused) return "refused";
    throw error;
  }
  fits(given.settings);
  return "settings";
}

/** What was made to fit is a view of the model, with nothing that the model does not know, and survives its own writing. */
function fits(given) {
  const { settings } = settle(model, views, given, first);
  for (const stance of [settings, settings.pinned].filter((s) => s !== null)) {
    if (!views.includes(stance.view)) throw new Fault(`a view ${stance.view}`);
    const { view, credences, distributions } = stance;
    const moved = withMoved(model, { name: "reader", label: "Yours", from: view, credences, distributions });
    const mind = mindOf(moved, "reader");
    for (const rows of Object.values(mind.credences))
      for (const row of rows)
        if (!(row.credence >= 0 && row.credence <= 1)) throw new Fault(`a credence ${row.credence}`);
  }
  if (!model.conclusions.some((c) => c.name === settings.conclusion)) throw new Fault("a conclusion of another case");
  const again = settle(model, views, JSON.parse(JSON.stringify(settings)), first);
  if (again.dropped.length > 0) throw new Fault(`its own settings do not fit: ${again.dropped.join(", ")}`);
  if (Object.keys(Object.prototype).length > 0) throw new Fault("a stranger's settings changed every object");
}
