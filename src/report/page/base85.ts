/** Bytes as text that may stand in a script element: five letters for four bytes, where base64 takes five and a third. */

/** Printable ASCII without what means something in HTML, JavaScript or JSON, and without `$` and `-`. */
export const base85Digits = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))
  .filter((c) => !"<>&\"'\\`$-".includes(c))
  .join("");

export function toBase85(bytes: Uint8Array): string {
  const letters: string[] = [];
  for (let i = 0; i < bytes.length; i += 4) {
    const left = Math.min(4, bytes.length - i);
    let n = 0;
    for (let k = 0; k < 4; k++) n = n * 256 + (bytes[i + k] ?? 0);
    let group = "";
    for (let k = 0; k < 5; k++) {
      group = (base85Digits[n % 85] ?? "") + group;
      n = Math.floor(n / 85);
    }
    letters.push(group.slice(0, left + 1));
  }
  return letters.join("");
}

/** Reads only what `toBase85` wrote. */
export function fromBase85(text: string): Uint8Array {
  const values = new Map([...base85Digits].map((c, i) => [c, i]));
  const bytes = new Uint8Array(Math.ceil(text.length / 5) * 4);
  for (let i = 0; i < text.length; i += 5) {
    let n = 0;
    // What a short last group leaves open is filled up with the highest digit, so that rounding down gives its bytes (Ascii85, Adobe 1999).
    for (let k = 0; k < 5; k++) n = n * 85 + (values.get(text[i + k] ?? "") ?? 84);
    for (let k = 3; k >= 0; k--) {
      bytes[(i / 5) * 4 + k] = n % 256;
      n = Math.floor(n / 256);
    }
  }
  return bytes.subarray(0, Math.floor((text.length * 4) / 5));
}
