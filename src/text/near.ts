/** Finds the known words that an unknown word may have been meant for, nearest first. */

/** Words longer than this are not misspellings of anything. */
const longest = 64;

/**
 * The candidates nearest to `word`, at most `most` of them (3 unless said), nearest first, ties in the candidates' order.
 * Near means an edit distance (Damerau 1964, optimal string alignment: insert, delete, replace, swap neighbours; upper and lower case count
 * as equal) of at most a third of the word's length, and at least 1 for words of two letters and more.
 */
export function nearest(word: string, candidates: Iterable<string>, most = 3): string[] {
  if (word.length < 2 || word.length > longest) return [];
  const limit = Math.max(1, Math.floor(word.length / 3));
  const lower = word.toLowerCase();
  const found: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (candidate === word || Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance <= limit && distance < candidate.length) found.push({ candidate, distance });
  }
  found.sort((a, b) => a.distance - b.distance);
  return found.slice(0, most).map((f) => f.candidate);
}

/** Optimal string alignment distance in UTF-16 code units. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
