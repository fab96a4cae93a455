/** Writes a place in a source as people write it. */

import type { Locator } from "./model.ts";

/** `¶9 s1–2`. */
export function locatorText(l: Locator): string {
  const sentences =
    l.firstSentence === null
      ? ""
      : ` s${l.firstSentence}${l.lastSentence === null || l.lastSentence === l.firstSentence ? "" : `–${l.lastSentence}`}`;
  return `¶${l.paragraph}${sentences}`;
}
