/**
 * Makes the type that pages ship, in `src/web/type/`: Source Serif 4 and Source Sans 3 cut down to the Latin letters, as WOFF2 for browsers and TrueType for the
 * picture that is made when publishing. Run it in a folder with `@fontsource/source-serif-4`, `@fontsource/source-sans-3`, `subset-font` and `fontverter`
 * installed; the files it makes are kept with the sources, since they change about never.
 */

import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const subsetFont = require("subset-font");
const { convert } = require("fontverter");
const into = join(import.meta.dirname, "../src/web/type");

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
const letters = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}Œœ–—‘’‚“”„†•…′″−×÷≈≤≥→€⁄‹›`;

const faces = [
  { from: "source-serif-4", family: "Casus Serif", weight: 400, file: "serif-400" },
  { from: "source-serif-4", family: "Casus Serif", weight: 700, file: "serif-700" },
  { from: "source-sans-3", family: "Casus Sans", weight: 400, file: "sans-400" },
  { from: "source-sans-3", family: "Casus Sans", weight: 600, file: "sans-600" },
];

for (const { from, family, weight, file } of faces) {
  const whole = readFileSync(require.resolve(`@fontsource/${from}/files/${from}-latin-${weight}-normal.woff2`));
  // Figures that stand below one another need their tabular forms; text in the serif does not.
  const noLayoutClosure = from === "source-serif-4";
  const small = await subsetFont(whole, letters, { targetFormat: "truetype", noLayoutClosure });
  const named = renamed(small, family, weight);
  writeFileSync(join(into, `${file}.ttf`), named);
  writeFileSync(join(into, `${file}.woff2`), await convert(named, "woff2"));
}

/** The licence reserves the name `Source` for the whole family, so what is cut down has another. Copyright and licence stay as they were. */
function renamed(font, family, weight) {
  const style = weight === 400 ? "Regular" : `Weight ${weight}`;
  const tables = tablesOf(font);
  const kept = namesOf(tables.get("name")).filter(({ id }) => id === 0 || id === 13 || id === 14);
  const full = `${family} ${style}`;
  const own = [
    [1, weight === 400 ? family : full],
    [2, "Regular"],
    [3, `${full} for Casus`],
    [4, full],
    [6, full.replaceAll(" ", "-")],
    [16, family],
    [17, style],
  ].map(([id, text]) => ({ id, text }));
  tables.set("name", nameTable([...kept, ...own].toSorted((a, b) => a.id - b.id)));
  return fontOf(font.subarray(0, 4), tables);
}

function tablesOf(font) {
  return new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
      const at = 12 + 16 * i;
      const [from, length] = [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)];
      return [font.toString("latin1", at, at + 4), font.subarray(from, from + length)];
    }),
  );
}

/** Names for Windows in English. */
function namesOf(table) {
  const strings = table.readUInt16BE(4);
  return Array.from({ length: table.readUInt16BE(2) }, (_, i) => 6 + 12 * i)
    .filter((at) => table.readUInt16BE(at) === 3)
    .map((at) => {
      const from = strings + table.readUInt16BE(at + 10);
      const bytes = Buffer.from(table.subarray(from, from + table.readUInt16BE(at + 8)));
      return { id: table.readUInt16BE(at + 6), text: bytes.swap16().toString("utf16le") };
    });
}

function nameTable(names) {
  const texts = names.map(({ text }) => Buffer.from(text, "utf16le").swap16());
  const head = Buffer.alloc(6 + 12 * names.length);
  head.writeUInt16BE(names.length, 2);
  head.writeUInt16BE(head.length, 4);
  let from = 0;
  for (const [i, { id }] of names.entries()) {
    [3, 1, 0x409, id, texts[i].length, from].forEach((v, k) => head.writeUInt16BE(v, 6 + 12 * i + 2 * k));
    from += texts[i].length;
  }
  return Buffer.concat([head, ...texts]);
}

/** Tables in the order of their names, each begun at a multiple of four and with its sum (OpenType 1.9, "Font file"). */
function fontOf(version, tables) {
  const all = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const head = Buffer.alloc(12 + 16 * all.length);
  version.copy(head);
  head.writeUInt16BE(all.length, 4);
  const power = 2 ** Math.floor(Math.log2(all.length));
  head.writeUInt16BE(16 * power, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE(16 * (all.length - power), 10);
  const parts = [];
  let from = head.length;
  for (const [i, [tag, table]] of all.entries()) {
    const bytes = Buffer.alloc(Math.ceil(table.length / 4) * 4);
    table.copy(bytes);
    if (tag === "head") bytes.writeUInt32BE(0, 8);
    head.write(tag, 12 + 16 * i, "latin1");
    head.writeUInt32BE(sumOf(bytes), 16 + 16 * i);
    head.writeUInt32BE(from, 20 + 16 * i);
    head.writeUInt32BE(table.length, 24 + 16 * i);
    parts.push(bytes);
    from += bytes.length;
  }
  const font = Buffer.concat([head, ...parts]);
  const place = all.findIndex(([tag]) => tag === "head");
  font.writeUInt32BE((0xb1b0afba - sumOf(font)) >>> 0, font.readUInt32BE(20 + 16 * place) + 8);
  return font;
}

function sumOf(bytes) {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  return sum;
}
