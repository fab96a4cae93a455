/** The editor's side of the checker: the newest text is the one that counts, and a text that takes too long to read is given up. */

import type { Document } from "#internal.ts";
import type { FromChecker, ToChecker } from "../../messages.ts";
import CheckerWorker from "./checker-worker.ts";

/** Milliseconds; a case of the largest size that is accepted reads in a few. */
const patience = 8_000;

interface CheckerClient {
  readonly check: (documents: readonly Document[]) => void;
  readonly end: () => void;
}

export function checkerClient(
  records: ToChecker["records"],
  told: (found: FromChecker) => void,
  gaveUp: () => void,
): CheckerClient {
  let id = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = (): Worker => {
    const made = new CheckerWorker();
    made.onmessage = ({ data }: MessageEvent<FromChecker>): void => {
      if (data.id !== id) return;
      clearTimeout(timer);
      told(data);
    };
    return made;
  };
  let worker = start();
  return {
    check: (documents) => {
      id++;
      clearTimeout(timer);
      timer = setTimeout(() => {
        worker.terminate();
        worker = start();
        gaveUp();
      }, patience);
      worker.postMessage({ id, documents, records } satisfies ToChecker);
    },
    end: () => {
      clearTimeout(timer);
      worker.terminate();
    },
  };
}
