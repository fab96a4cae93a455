/** Packs a column of numbers into a short text for a page's JSON, and unpacks it. */

/** Truths as bits; other numbers in 255 equal steps from the least to the largest: an error of at most 1/510 of their range in each, next to none in a mean. */
export type Packed =
  | { readonly kind: "bits"; readonly of: string }
  | { readonly kind: "steps"; readonly least: number; readonly step: number; readonly of: string };

export function packed(values: Float64Array): Packed {
  if (values.every((v) => v === 0 || v === 1)) {
    const bytes = new Uint8Array(Math.ceil(values.length / 8));
    values.forEach((v, i) => (bytes[i >> 3] = (bytes[i >> 3] as number) | (v << (i & 7))));
    return { kind: "bits", of: base64(bytes) };
  }
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const step = (most - least) / 255;
  const bytes = Uint8Array.from(values, (v) => (step > 0 ? Math.round((v - least) / step) : 0));
  return { kind: "steps", least, step, of: base64(bytes) };
}

export function unpacked(column: Packed, length: number): Float64Array {
  const bytes = bytesOf(column.of);
  return Float64Array.from({ length }, (_, i) =>
    column.kind === "bits"
      ? ((bytes[i >> 3] as number) >> (i & 7)) & 1
      : column.least + column.step * (bytes[i] as number),
  );
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** RFC 4648. The core knows no DOM and no Node, so that neither `btoa` nor `Buffer` is there. */
function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.subarray(i, i + 3);
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const at = (shift: number): string => digits[(word >> shift) & 63] as string;
    parts.push(at(18) + at(12) + (b === undefined ? "=" : at(6)) + (c === undefined ? "=" : at(0)));
  }
  return parts.join("");
}

function bytesOf(text: string): Uint8Array {
  const kept = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((kept.length * 3) / 4));
  let [word, bits, at] = [0, 0, 0];
  for (const digit of kept) {
    word = ((word << 6) | digits.indexOf(digit)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (word >> bits) & 255;
  }
  return bytes;
}
