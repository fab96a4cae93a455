/** Writes settings, and a changed text, as a JSON file that a reader keeps, sends and opens again. */

import { Refused, type Document, type Model } from "#internal.ts";
import type { Settings } from "./settings.ts";

const schema = "casus/settings@1";
/** A file is from a stranger: a longer one is refused. */
const longest = 5_000_000;
/** Characters of a stranger's name that are said again. */
const longestName = 60;

/** What the reader of this page calls themselves; it goes nowhere but into the files they save. */
export interface ReaderName {
  readonly name: () => string;
  readonly setName: (name: string) => void;
}

interface SettingsFile {
  /** What its reader is called; null where they did not say. */
  readonly reader: string | null;
  /** Where they guessed the first figure to be, in base units; null where they did not. */
  readonly guess: number | null;
  /** From a stranger, to be made to fit (`settle`). */
  readonly settings: unknown;
  /** The text of the case, where its reader changed it. */
  readonly documents: readonly Document[] | null;
}

export function settingsFile(
  model: Model,
  settings: Settings,
  { reader, guess, documents }: Omit<SettingsFile, "settings">,
): string {
  const more = {
    ...(reader === null ? {} : { reader }),
    ...(guess === null ? {} : { guess }),
    ...(documents === null ? {} : { documents }),
  };
  return `${JSON.stringify({ schema, case: model.name, settings, ...more }, null, 2)}\n`;
}

/** Settings of the case called `name`. Throws `Refused` that says what is wrong with it. */
export async function readSettingsFile(file: File, name: string): Promise<SettingsFile> {
  if (file.size > longest) throw new Refused("it is over 5 MB");
  const given = parsed(await file.text());
  if (given["schema"] !== schema) throw new Refused(`its schema is not ${schema}`);
  const { settings, documents, case: of } = given;
  if (typeof of === "string" && of !== name)
    throw new Refused(
      `it holds the settings of another case, “${of.slice(0, longestName)}”; this page is of “${name}”`,
    );
  const who = typeof given["reader"] === "string" ? given["reader"].trim().slice(0, longestName) : "";
  const { guess } = given;
  const said = {
    settings,
    reader: who === "" ? null : who,
    guess: typeof guess === "number" && Number.isFinite(guess) ? guess : null,
  };
  if (documents === undefined) return { ...said, documents: null };
  if (!Array.isArray(documents) || !documents.every(isDocument)) throw new Refused("its documents are no texts");
  return { ...said, documents: documents.map(({ name, text }) => ({ name, text })) };
}

function isDocument(value: unknown): value is Document {
  const document = value as Partial<Document> | null;
  return typeof document?.name === "string" && typeof document.text === "string";
}

function parsed(text: string): {
  readonly [key: string]: unknown;
  readonly settings?: unknown;
  readonly documents?: unknown;
  readonly case?: unknown;
  readonly guess?: unknown;
} {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    throw new Refused("it is no JSON");
  }
}
