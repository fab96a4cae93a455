/** A reader's copy held against a case's hashes: loaded when a reader gives one. */

export { verifySource } from "#internal.ts";
