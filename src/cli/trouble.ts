/** Says what stopped a verb: the sentence for the person at the terminal, and the exit code. */

import { OverBudget, positionAt, Refused, StoppedRun, ThreadLost, type Span } from "#internal.ts";
import { Stopped } from "./drive.ts";
import type { ExitCode } from "./exit.ts";
import { isSystemError, systemText } from "./disk.ts";
import { readText } from "./files.ts";
import { WrongCase } from "./load.ts";
import { packageVersion } from "./output.ts";

interface VerbTrouble {
  /** Null where nothing is said: the user stopped it, or it has been said. */
  readonly text: string | null;
  readonly code: ExitCode;
}

export function verbTrouble(error: unknown): VerbTrouble {
  if (error instanceof Stopped) return { text: null, code: 130 };
  if (error instanceof OverBudget) return { text: `${error.reason}, or raise it with --budget`, code: 4 };
  if (error instanceof Refused) {
    // What has a place in the case's text has its cause there.
    const isOfCase = error instanceof StoppedRun || error instanceof WrongCase || error.place !== null;
    return { text: `${placeText(error.place)}${error.reason}`, code: isOfCase ? 3 : 2 };
  }
  if (error instanceof ThreadLost) return { text: error.message, code: 1 };
  if (isSystemError(error)) return { text: systemText(error), code: 2 };
  if (isOfCommander(error)) return { text: null, code: error.exitCode === 0 ? 0 : 2 };
  return { text: bugText(error), code: 70 };
}

/** Commander has told what is wrong with the command line. */
function isOfCommander(error: unknown): error is Error & { readonly exitCode: number } {
  return (
    error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander.")
  );
}

/** `case.casus:3:14: `; nothing for what has no place. */
function placeText(place: Span | null): string {
  if (place === null) return "";
  try {
    const { line, column } = positionAt(readText(place.document), place.start);
    return `${place.document}:${line}:${column}: `;
  } catch {
    // The text has changed or gone since it was read.
    return `${place.document}: `;
  }
}

/** Of whatever was thrown that is no refusal. The stack is for who asks for it. */
function bugText(error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const isWanted = process.env["CASUS_STACK"] === "1";
  const more = isWanted
    ? `\n${error instanceof Error ? (error.stack ?? "") : ""}`
    : " and what CASUS_STACK=1 in front of the command prints";
  return `this is a bug in Casus ${packageVersion}, not a fault of yours (${what}); please report it with the command, the case${more}`;
}
