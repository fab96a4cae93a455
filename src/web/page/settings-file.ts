/** Writes settings, and a changed text, as a JSON file that a reader keeps, sends and opens again. */

import { Refused, type Document, type Model } from "#internal.ts";
import type { Settings } from "./settings.ts";

const schema = "casus/settings@1";
/** A file is from a stranger: a longer one is refused. */
const longest = 5_000_000;
/** Characters of a stranger's name that are said again. */
const longestName = 60;

export interface SettingsFile {
  /** From a stranger, to be made to fit (`settle`). */
  readonly settings: unknown;
  /** The text of the case, where its reader changed it. */
  readonly documents: readonly Document[] | null;
}

export function settingsFile(model: Model, settings: Settings, documents: readonly Document[] | null): string {
  return `${JSON.stringify({ schema, case: model.name, settings, ...(documents === null ? {} : { documents }) }, null, 2)}\n`;
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
  if (documents === undefined) return { settings, documents: null };
  if (!Array.isArray(documents) || !documents.every(isDocument)) throw new Refused("its documents are no texts");
  return { settings, documents: documents.map(({ name, text }) => ({ name, text })) };
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
} {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    throw new Refused("it is no JSON");
  }
}
