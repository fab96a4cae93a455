/** The worker that reads a case while it is written: documents in, what is wrong with them, and the model where nothing is, out. */

import { check, isClean, outline, parse } from "#casus.ts";
import type { FromChecker, ToChecker } from "../messages.ts";

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data }: MessageEvent<ToChecker>): void => {
  const { id, documents } = data;
  const parsed = documents.map((d) => parse(d));
  const syntax = parsed.flatMap(([, found]) => found);
  const [model, found] = check(
    parsed.map(([file]) => file),
    documents,
  );
  // Names cannot be judged where the text could not be read.
  const isRead = isClean(syntax);
  const answer: FromChecker = {
    id,
    diagnostics: isRead ? [...syntax, ...found] : syntax,
    model: isRead ? model : null,
    outline: documents.flatMap((d) => outline(d)),
  };
  self.postMessage(answer);
};
