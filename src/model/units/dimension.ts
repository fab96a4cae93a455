/** Dimensions: powers of base units, with their products, powers and comparison. */

/** Base dimension to power; the empty record is a plain number. Keys sorted and powers non-zero, so equal dimensions are equal as JSON. */
export type Dimension = Readonly<Record<string, number>>;

export const plainNumber: Dimension = {};

/** The dimension of time, whatever unit the case counts it in. */
export const timeDimension: Dimension = { time: 1 };

/** The dimension of a rate. */
export const perTime: Dimension = { time: -1 };

function tidy(powers: ReadonlyMap<string, number>): Dimension {
  const kept = [...powers].filter(([, power]) => power !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept);
}

export function product(a: Dimension, b: Dimension): Dimension {
  const powers = new Map(Object.entries(a));
  for (const [key, power] of Object.entries(b)) powers.set(key, (powers.get(key) ?? 0) + power);
  return tidy(powers);
}

export function power(a: Dimension, exponent: number): Dimension {
  return tidy(new Map(Object.entries(a).map(([key, n]) => [key, n * exponent])));
}

export function quotient(a: Dimension, b: Dimension): Dimension {
  return product(a, power(b, -1));
}

export function isPlain(a: Dimension): boolean {
  return Object.keys(a).length === 0;
}

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return isPlain(quotient(a, b));
}

/** `people*usd/month^2`; `1` for a plain number. `baseTime` is what time is called. */
export function describeDimension(a: Dimension, baseTime: string): string {
  return describeFactors(Object.entries(a).map(([key, n]) => [key === "time" ? baseTime : key, n]));
}

/** Factors and powers as one writes them: those above the line first. */
export function describeFactors(factors: readonly (readonly [string, number])[]): string {
  const show = ([name, n]: readonly [string, number]): string => (Math.abs(n) === 1 ? name : `${name}^${Math.abs(n)}`);
  const above = factors.filter(([, n]) => n > 0).map(show);
  const below = factors.filter(([, n]) => n < 0).map(show);
  return [above.join("*") || "1", ...below].join("/");
}
