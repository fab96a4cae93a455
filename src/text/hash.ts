/** The SHA-256 of a text: how a case names a document it may not carry. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Lower-case hex of the SHA-256 of `data`; a string is taken as UTF-8. */
export function sha256Of(data: string | Uint8Array): string {
  return bytesToHex(sha256(typeof data === "string" ? utf8ToBytes(data) : data));
}
