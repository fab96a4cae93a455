/** Settings in, the fragment of an address out, and back: deflated JSON in base64url, behind a version. */

import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import type { Settings } from "./settings.ts";

const version = "1.";
/** Browsers and mail programs cut longer addresses. */
export const longestFragment = 6000;
/** A fragment is from a stranger: what inflates to more than this is refused. */
const longestText = 1_000_000;

/** What is shared: settings, and the text of the case where the reader changed it. */
export interface Shared {
  readonly settings: Settings;
  readonly documents: readonly { readonly name: string; readonly text: string }[] | null;
}

/** Null where it would be longer than an address may be. */
export function toFragment(shared: Shared): string | null {
  const text = version + base64url(deflateSync(strToU8(JSON.stringify(shared)), { level: 9 }));
  return text.length > longestFragment ? null : text;
}

/** Null for a fragment that is not of this page; throws a RangeError for one that is and cannot be read. */
export function fromFragment(fragment: string): Shared | null {
  const text = fragment.replace(/^#/, "");
  if (!text.startsWith(version)) return null;
  try {
    const bytes = inflateSync(fromBase64url(text.slice(version.length)), { out: new Uint8Array(longestText) });
    return JSON.parse(strFromU8(bytes)) as Shared;
  } catch {
    throw new RangeError("the part of the address after # is damaged or cut short");
  }
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
