/** Writes settings as the fragment of an address and reads them back: deflated JSON in base64url, behind a version. */

import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { Refused } from "#internal.ts";
import type { Settings } from "./settings.ts";

const version = "1.";
/** Browsers and mail programs cut longer addresses. */
export const longestFragment = 6000;
/** A fragment is from a stranger: what inflates to more than this is refused. */
const longestText = 1_000_000;

/** What is shared: settings, and the text of the case where the reader changed it. */
export interface Shared {
  readonly settings: Settings;
  readonly text: Change | null;
}

/** How a text differs from that of the page: one stretch a file, so that a small change makes a small address. */
interface Change {
  /** The hash of the case that it is a change of. */
  readonly base: string;
  readonly edits: readonly FragmentEdit[];
}

interface FragmentEdit {
  readonly name: string;
  /** Characters that stay, at the beginning and at the end, and what stands between them. */
  readonly before: number;
  readonly after: number;
  readonly put: string;
}

interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** The stretch in which each file that differs does so. */
export function editsOf(from: readonly TextFile[], to: readonly TextFile[]): readonly FragmentEdit[] {
  return to.flatMap(({ name, text }) => {
    const old = from.find((d) => d.name === name)?.text ?? "";
    if (old === text) return [];
    const most = Math.min(old.length, text.length);
    let before = 0;
    while (before < most && old[before] === text[before]) before++;
    let after = 0;
    while (after < most - before && old[old.length - 1 - after] === text[text.length - 1 - after]) after++;
    return [{ name, before, after, put: text.slice(before, text.length - after) }];
  });
}

/** Throws `Refused` for a change of another text. */
export function withEdits(from: readonly TextFile[], { edits }: Change): readonly TextFile[] {
  const known = from.map((d) => d.name);
  for (const { name, before, after } of edits) {
    const length = from.find((d) => d.name === name)?.text.length ?? -1;
    if (!known.includes(name) || !(before >= 0 && after >= 0 && before + after <= length))
      throw new Refused("the changed text in it is of another version of this case");
  }
  return from.map((d) => {
    const edit = edits.find((e) => e.name === d.name);
    if (edit === undefined) return d;
    return { name: d.name, text: d.text.slice(0, edit.before) + edit.put + d.text.slice(d.text.length - edit.after) };
  });
}

/** Null where it would be longer than an address may be. */
export function toFragment(shared: Shared): string | null {
  const text = version + base64url(deflateSync(strToU8(JSON.stringify(shared)), { level: 9 }));
  return text.length > longestFragment ? null : text;
}

/** Null for a fragment that is not of this page; throws `Refused` for one that is and cannot be read. */
export function fromFragment(fragment: string): Shared | null {
  const text = fragment.replace(/^#/, "");
  if (!text.startsWith(version)) return null;
  try {
    const bytes = inflateSync(fromBase64url(text.slice(version.length)), { out: new Uint8Array(longestText) });
    const { settings, text: change } = JSON.parse(strFromU8(bytes)) as Shared;
    return { settings, text: isChange(change) ? change : null };
  } catch {
    throw new Refused("the part of the address after # is damaged or cut short");
  }
}

function isChange(value: unknown): value is Change {
  const change = value as Partial<Change> | null | undefined;
  return (
    typeof change?.base === "string" &&
    Array.isArray(change.edits) &&
    change.edits.every(
      (e: Partial<FragmentEdit> | null) =>
        typeof e?.name === "string" &&
        typeof e.put === "string" &&
        Number.isInteger(e.before) &&
        Number.isInteger(e.after),
    )
  );
}

function base64url(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}
