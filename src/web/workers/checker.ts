/** The worker that checks a case while it is written: gives what is wrong, and the model where nothing is. */

import { awaitsRecords, feed, readAgain, readModel, type Model } from "#internal.ts";
import type { FromChecker, ToChecker } from "../messages.ts";

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data }: MessageEvent<ToChecker>): void => {
  const { id, documents, records } = data;
  // The page carries no files: of a record it knows what the case that it was made from asked about.
  const [model, diagnostics] = readModel(
    documents,
    (file) => records.was.records.find((r) => r.file === file)?.columns ?? null,
  );
  const answer: FromChecker = {
    id,
    diagnostics,
    ...(model !== null ? fed(model, records) : { model: null, trouble: null }),
  };
  self.postMessage(answer);
};

/** A view may hold what a record says: it is counted anew from the rows that the page carries. */
function fed(model: Model, { tables, was }: ToChecker["records"]): Pick<FromChecker, "model" | "trouble"> {
  if (!awaitsRecords(model)) return { model, trouble: null };
  try {
    return { model: feed(model, readAgain(model, tables, was)).model, trouble: null };
  } catch (error) {
    return { model: null, trouble: error instanceof Error ? error.message : String(error) };
  }
}
