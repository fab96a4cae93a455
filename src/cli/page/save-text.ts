/** Writes a text that was changed on the page back into the file of the case it came from. */

import { basename } from "node:path";
import { largestCase, readCase } from "../files.ts";
import { writeCaseText } from "../writing.ts";

/** A file of the case by its name in the case's folder: what the page had of it, and what it is to hold. */
export interface TextChange {
  readonly name: string;
  readonly was: string;
  readonly text: string;
}

/** Null once it is written; else why it is not, as a sentence. Throws `Usage` where the disk refuses. */
export function saveChange(path: string, { name, was, text }: TextChange): string | null {
  const file = readCase(path).find((d) => basename(d.name) === name);
  if (file === undefined) return `The case has no file called ${name.slice(0, 80)}.`;
  if (file.text !== was)
    return `${name} has been changed elsewhere since this page read it. Reload the page to see that text; copy yours first.`;
  if (Buffer.byteLength(text) > largestCase) return `A case may hold ${largestCase} bytes.`;
  writeCaseText(file.name, text);
  return null;
}

/** Null for a body that says no such thing. */
export function changeOf(body: string): TextChange | null {
  try {
    const { name, was, text } = JSON.parse(body) as Partial<TextChange>;
    return typeof name === "string" && typeof was === "string" && typeof text === "string" ? { name, was, text } : null;
  } catch {
    return null;
  }
}
