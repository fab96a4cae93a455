/** Makes columns of numbers. `Float64Array.from` with a function walks an iterator, which takes a hundred times as long for each number. */

/** A column of a number for each place. */
export function makeColumn(length: number, valueAt: (place: number) => number): Float64Array {
  const column = new Float64Array(length);
  for (let i = 0; i < length; i++) column[i] = valueAt(i);
  return column;
}

/** The values of a column at some places, in their order. */
export function pickColumn(column: ArrayLike<number>, places: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(places.length);
  for (let i = 0; i < picked.length; i++) picked[i] = column[places[i] as number] as number;
  return picked;
}
