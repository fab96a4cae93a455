/** Text of another program as a string of the language. */

/** One line; quotes and backslashes escaped. */
export function quotedText(text: string): string {
  return `"${text
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')}"`;
}
