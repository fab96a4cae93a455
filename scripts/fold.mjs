/**
 * Folds a long text: a stretch that stood in it before becomes a note of where. Browsers unpack gzip, which looks back 32 kB only; the script of a page with its
 * workers repeats itself over a megabyte.
 */

/** Begins a note: `␁FROM,LENGTH;` in base 36; alone, as `␁;`, it is the sign itself. */
const sign = "\u0001";
/** A note takes a dozen letters and gains nothing over gzip on shorter stretches. */
const shortest = 32;
/** Places are remembered by the letters there. */
const key = 20;
const bits = 21;

/** What `unfold` of the page's loader (src/report/page/page-loader.ts) gives back to the letter. */
export function foldText(text) {
  const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const places = new Int32Array(2 ** bits).fill(-1);
  const parts = [];
  let told = 0;
  let at = 0;
  while (at + key <= units.length) {
    const place = hashOf(units, at);
    const from = places[place];
    places[place] = at;
    const match = from < 0 ? null : matchOf(units, from, at, told);
    if (match === null || match.length < shortest) {
      at++;
      continue;
    }
    parts.push(text.slice(told, match.at).replaceAll(sign, `${sign};`));
    parts.push(`${sign}${match.from.toString(36)},${match.length.toString(36)};`);
    told = match.at + match.length;
    for (let i = at + 1; i < told && i + key <= units.length; i++) places[hashOf(units, i)] = i;
    at = told;
  }
  return parts.join("") + text.slice(told).replaceAll(sign, `${sign};`);
}

function hashOf(units, at) {
  let hash = 0;
  for (let i = 0; i < key; i++) hash = (Math.imul(hash, 0x01000193) ^ units[at + i]) >>> 0;
  return Math.imul(hash, 0x9e3779b1) >>> (32 - bits);
}

/** As far as both stretches agree, before and behind; no letter of two units is cut in half, and what is copied lies wholly before where it goes. */
function matchOf(units, from, at, told) {
  let [before, after] = [0, 0];
  const first = Math.max(told, from);
  while (at - before > first && from - before > 0 && units[from - before - 1] === units[at - before - 1]) before++;
  while (from + after < at - before && at + after < units.length && units[from + after] === units[at + after]) after++;
  while (after + before > 0 && isLowHalf(units[at - before])) before--;
  while (after + before > 0 && isLowHalf(units[at + after])) after--;
  return { from: from - before, at: at - before, length: before + after };
}

function isLowHalf(unit) {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
