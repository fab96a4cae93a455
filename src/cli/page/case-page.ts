/** Makes what the page of a case ships. */

import {
  Refused,
  defaultBudget,
  distinctViews,
  findingOfPage,
  firstScreen,
  leadingOf,
  makeFirstLead,
  makeLead,
  furtherFindings,
  evidenceRows,
  evidenceRowsDefaults,
  isReplyAddress,
  pagePanels,
  readModel,
  readerViews,
  recordTests,
  runFindings,
  type Document,
  type FurtherRequest,
  type Lab,
  type Model,
  type PageData,
  type PageHead,
  pageTable,
  mostBytes,
  viewsAlike,
  worldsOf,
} from "#internal.ts";
import { Usage } from "../files.ts";
import { frozenBeside } from "../frozen.ts";
import { load, withRecords, type Loaded } from "../load.ts";
import { provenanceOf } from "../output.ts";

export interface PageOptions {
  /** As asked for; see `worldsOf`. */
  readonly worlds?: number;
  readonly seed: number;
  /** Where readers may reply, instead of where the case says. */
  readonly reply?: string;
}

/** Everything but the findings: the case is checked, nothing is run. */
export function pageWithoutFindings(path: string, o: PageOptions): PageData {
  const loaded = load(path);
  if (o.reply !== undefined && !isReplyAddress(o.reply))
    throw new Usage(`--reply takes an address that begins with https:// or mailto:, not ${o.reply}`);
  return pageOfLoaded(loaded, (bare) => withRecords(path, bare), o);
}

/** The page of a case of one text, which names no record. */
export function pageOfText(document: Document, o: PageOptions): PageData {
  const [model, diagnostics] = readModel([document]);
  const loaded = { documents: [document], model, diagnostics };
  return pageOfLoaded(loaded, (bare) => ({ model: bare, documents: [], tables: [] }), o);
}

function pageOfLoaded(
  { documents, model: bare, diagnostics }: Loaded,
  readRecords: (bare: Model) => Pick<ReturnType<typeof withRecords>, "model" | "documents" | "tables">,
  o: PageOptions,
): PageData {
  const read = bare === null ? { model: null, documents: [], tables: [] } : readRecords(bare);
  const { model, tables } = read;
  return {
    schema: "casus/page@1",
    documents,
    model,
    diagnostics,
    provenance: model === null ? null : provenanceOf(model, [...documents, ...read.documents]),
    seed: o.seed,
    ...worldsOf(o.worlds),
    findings: null,
    lead: null,
    panels: null,
    records: { tests: model === null ? [] : recordTests(model, tables, o.seed), tables },
    reply: o.reply ?? model?.reply ?? null,
  };
}

/** The same with what its first screen shows. Rejects as `makeLead` does. */
export async function withLead(data: PageData, lab: Lab, budget = defaultBudget): Promise<PageData> {
  const { model, seed, worlds, untilSettled } = data;
  const conclusion = model === null ? null : (model.leading ?? leadingOf(model));
  if (model === null || conclusion === null) return data;
  return { ...data, lead: await makeLead(model, conclusion, { seed, worlds, untilSettled, budget }, lab) };
}

/** The same with the first figures of its first screen, of few runs. Rejects as `makeFirstLead` does. */
export async function withFirstLead(data: PageData, lab: Lab, budget = defaultBudget): Promise<PageData> {
  const { model, seed } = data;
  const conclusion = model === null ? null : (model.leading ?? leadingOf(model));
  if (model === null || conclusion === null) return data;
  return { ...data, lead: await makeFirstLead(model, conclusion, { seed, budget }, lab) };
}

/** The same with what is found under each view that a reader may take; a page shows no other. Rejects as `runFindings` does. */
export async function withFindings(data: PageData, lab: Lab, budget = defaultBudget): Promise<PageData> {
  const { model } = data;
  if (model === null) return data;
  const findings = await runFindings(
    model,
    {
      views: readerViews(model),
      seed: data.seed,
      worlds: data.worlds,
      untilSettled: data.untilSettled,
      set: {},
      vary: [],
      series: [],
      budget,
    },
    lab,
  );
  return { ...data, findings };
}

/** The same with the panels that open on request: the game, when it fails, scores and the like. Takes many more runs. Rejects as `furtherFindings` does. */
export async function withPanels(
  path: string,
  data: PageData,
  lab: Lab,
  tell: (part: string) => void,
  budget = defaultBudget,
): Promise<PageData> {
  const { model, provenance } = data;
  if (model === null || provenance === null) return data;
  const views = distinctViews(model);
  const { seed, worlds, untilSettled } = data;
  const request = { views, seed, worlds, untilSettled, set: {}, vary: [], series: [], budget };
  const frozen = frozenBeside(path);
  const want: FurtherRequest = { explain: "text", variants, learn: true, frozen, tell };
  return { ...data, panels: pagePanels(model, await furtherFindings(model, request, want, lab), provenance) };
}

/** Of the model, with everything judged moved. */
const variants = 8;

/** The table that a page reads while its claims are moved, made with the unknowns of the first view. Null bytes where no conclusion of the case can be told so. */
export async function withTable(
  data: PageData,
  lab: Lab,
  limit: number = mostBytes,
): Promise<{ readonly data: PageData; readonly bytes: Uint8Array | null }> {
  const { model, provenance } = data;
  const [view] = model === null ? [] : distinctViews(model);
  if (model === null || view === undefined || model.conclusions.length === 0) return { data, bytes: null };
  try {
    const first = model.leading ?? leadingOf(model) ?? undefined;
    const { seed, worlds, untilSettled } = data;
    const request = { limit, view, seed, worlds, untilSettled, key: provenance?.hash ?? "", first };
    const { bytes, conclusions } = await pageTable(model, request, lab);
    return { data, bytes: conclusions.length === 0 ? null : bytes };
  } catch (error) {
    // A case too wide for a table of a page's size, or with nothing to switch: the page makes its own runs.
    if (error instanceof Refused) return { data, bytes: null };
    throw error;
  }
}

/** The rows that a page reweighs its claims by; null where the case has no evidence, or none that any of its runs agrees with. */
export async function evidenceText(
  { model, seed }: PageData,
  lab: Lab,
  budget = defaultBudget,
): Promise<string | null> {
  if (model === null || model.evidence.length === 0) return null;
  const [views] = viewsAlike(model, distinctViews(model));
  if (views === undefined) return null;
  try {
    const request = { ...evidenceRowsDefaults, views, seed, set: {}, budget };
    return JSON.stringify(await evidenceRows(model, request, lab));
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

export function headOf(
  data: PageData,
  connect: PageHead["connect"],
  more: { readonly edition?: number; readonly image?: string | null } = {},
): PageHead {
  const { model } = data;
  return {
    title: model === null ? "A case that does not read yet" : model.title,
    language: model?.language ?? null,
    description: model?.notes[0] ?? "An argument you can move: what follows from it, and what would reverse it.",
    finding: findingOfPage(data),
    fallback: firstScreen(data),
    image: more.image ?? null,
    connect,
    edition: more.edition ?? null,
  };
}
