/** Decodes a file that another program wrote: UTF-8, UTF-16 with or without a mark, or what Windows wrote before; lines end with a line feed. */

export function foreignText(bytes: Uint8Array): string {
  return decoded(bytes).replaceAll(/\r\n?/g, "\n");
}

function decoded(bytes: Uint8Array): string {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  // Without a mark: Latin letters have a zero byte each, behind or before.
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
