/** The worker that runs a case while a reader moves it: answers questions about a moved view, the most urgent first. */

import { leadingOf, localLab, makeFirstLead, makeLead, Refused, type Model } from "#internal.ts";
import { mostPageWork, overBudget } from "./budget.ts";
import { answersTo, fastest, type Bench } from "./bench.ts";
import type { FromRuns, RunsSettings, ToRuns } from "../messages.ts";

declare const self: DedicatedWorkerGlobalScope;

let bench: Bench | null = null;
let given: { readonly model: Model; readonly settings: RunsSettings } | null = null;
let current = -1;

const tell = (message: FromRuns): void => self.postMessage(message);

/** Lets a newer question in between two slices of work. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** First figures, then the whole; null where it is more than a page may ask of a reader's machine, or there is nothing to compare. */
async function sendLead(): Promise<void> {
  if (given === null) return;
  const { model, settings } = given;
  const conclusion = model.leading ?? leadingOf(model) ?? "";
  try {
    const lab = localLab(breathe, fastest());
    const request = { ...settings, budget: mostPageWork };
    tell({ kind: "lead", lead: await makeFirstLead(model, conclusion, request, lab) });
    tell({ kind: "lead", lead: await makeLead(model, conclusion, request, lab) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell({ kind: "lead", lead: null });
  }
}

self.onmessage = async ({ data }: MessageEvent<ToRuns>): Promise<void> => {
  if (data.kind === "case") {
    bench = answersTo(data.model, data);
    given = { model: data.model, settings: data };
    current = -1;
    return;
  }
  if (data.kind === "lead") return sendLead();
  const { id, moved, questions } = data;
  current = id;
  if (bench === null) return;
  try {
    const excess = overBudget(bench, questions);
    if (excess !== null) return tell({ kind: "failed", id, message: excess });
    for (const said of bench.answers(moved, questions)) {
      if (said.kind === "answer") tell({ ...said, id });
      if (said.kind === "progress") tell({ ...said, id });
      await breathe();
      if (current !== id) return;
    }
  } catch (error) {
    tell({ kind: "failed", id, message: error instanceof Error ? error.message : String(error) });
  }
};
