/** Says how wide words run at a size of type, and breaks them into lines of a given width, without asking a browser. */

/** Advance widths of Helvetica and Arial in thousandths of the size, for the characters from space to tilde (Adobe, Core 14 AFM files). */
const advances = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** Bold runs wider by about this. */
const bold = 1.07;
/** Other fonts in the stack run a little wider than Helvetica. */
const slack = 1.02;

/** Pixels at `size` pixels of type. */
export function widthAt(size: number, text: string, isBold = false): number {
  let total = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 32;
    total += code < 127 ? (advances[code - 32] ?? 556) : code < 0x1100 ? 600 : code < 0x2100 ? 560 : 1000;
  }
  return (total / 1000) * size * (isBold ? bold : 1) * slack;
}

/** Lines no wider than `width`, broken at spaces; a longer word is cut with a hyphen. At least one line. */
export function wrapped(text: string, size: number, width: number, isBold = false): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).flatMap((w) => cut(w, size, width, isBold))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthAt(size, longer, isBold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function cut(word: string, size: number, width: number, isBold: boolean): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (const letter of word) {
    if (part !== "" && widthAt(size, `${part}${letter}-`, isBold) > width) {
      parts.push(`${part}-`);
      part = "";
    }
    part += letter;
  }
  return [...parts, part];
}

/** At most `most` lines; what is left out shows as an ellipsis. */
export function clipped(text: string, size: number, width: number, most: number, isBold = false): readonly string[] {
  const lines = wrapped(text, size, width, isBold);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  let last = kept.at(-1) ?? "";
  while (last !== "" && widthAt(size, `${last}…`, isBold) > width) last = last.slice(0, -1);
  // No mark between two parts is left standing before nothing.
  return [...kept.slice(0, -1), `${last.replace(/[\s·,;:–-]+$/, "")}…`];
}
