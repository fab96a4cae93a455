/** Makes a short sheet of how each figure of a picture depends on the claims, from which a page follows a moving hand within a frame. */

import { standing } from "#ensemble/profiles.ts";
import { buildTable } from "#ensemble/table/build-table.ts";
import { blocksOf, lawOf, type Beliefs, type ClaimBlock, type Pins } from "#ensemble/table/claim-law.ts";
import { frameOf, type Fitted, type Polynomial } from "#ensemble/table/table.ts";
import { claimMeans, meanUnder, type ClaimMeans } from "#ensemble/table/table-figures.ts";
import { pairOf, scaledPlaces, scaleSteps } from "#ensemble/table/surrogate.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import type { Model } from "#model/model.ts";
import type { LeadTarget } from "./lead-targets.ts";

/** Plain data, one reading for each target. */
export interface LeadSheet {
  /** Whose unknowns it was made with. */
  readonly view: string;
  readonly gates: readonly string[];
  readonly readings: readonly {
    /** Claims that the figure itself sets. */
    readonly pins: Readonly<Record<string, boolean>>;
    readonly n: PackedPolynomial;
    /** Of the condition; null where every run counts. */
    readonly d: PackedPolynomial | null;
  }[];
}

/** f ≈ constant + Σ single·g + Σ pair·g·g′ over `gates` of the sheet, by index. Pairs are kept in 16 bits between `low` and `high`. */
interface PackedPolynomial {
  readonly gates: readonly number[];
  readonly constant: number;
  readonly single: readonly number[];
  readonly low: number;
  readonly high: number;
  /** Two bytes each, the low one first, in base64. */
  readonly pair: string;
}

/** Patterns of claims that each half of the fit has seen: enough for the pairs of some thirty claims. */
const patterns = 4096;
/** Up to here a case is small enough for four times as many worlds of each pattern. */
const fewClaims = 8;

/**
 * A polynomial of second order for each target, fitted on sampled patterns of claims: what it tells of a *difference* between two minds is right but for what
 * three claims do only together. Null where no target reads a claim. Rejects as `buildTable` does.
 */
export async function makeLeadSheet(
  model: Model,
  targets: readonly LeadTarget[],
  request: { readonly view: string; readonly serves: readonly string[]; readonly seed: number },
  lab: Lab,
): Promise<LeadSheet | null> {
  const asked = targets.map(({ comparison }, i) => ({ name: String(i), kind: "outcome" as const, comparison }));
  const table = await buildTable(
    model,
    asked,
    standing(model, {}),
    { ...request, worlds: model.claims.filter((c) => c.isGate).length > fewClaims ? 128 : 512, patterns, exact: 0 },
    lab,
  );
  if (table.design.kind !== "sampled") return null;
  return {
    view: request.view,
    gates: table.gates,
    readings: table.targets.map(({ figures }) => {
      const figure = figures[0];
      const reading = figure === undefined ? undefined : table.readings[figure.reading];
      if (figure === undefined || reading === undefined || reading.fits === null)
        throw new RangeError("a sampled reading without a fit");
      const gates = reading.gates.map((g) => table.gates.indexOf(g));
      const { n, d } = reading.fits;
      return { pins: figure.pins, n: pack(halved(n), gates), d: d === null ? null : pack(halved(d), gates) };
    }),
  };
}

function halved({ even, odd }: Fitted): Polynomial {
  const half = (a: Float64Array, b: Float64Array): Float64Array => a.map((v, i) => (v + (b[i] as number)) / 2);
  return {
    constant: (even.constant + odd.constant) / 2,
    single: half(even.single, odd.single),
    pair: half(even.pair, odd.pair),
  };
}

function pack({ constant, single, pair }: Polynomial, gates: readonly number[]): PackedPolynomial {
  const { low, high, places } = scaledPlaces(pair);
  const bytes = new Uint8Array(2 * places.length);
  places.forEach((p, i) => bytes.set([p & 255, p >> 8], 2 * i));
  const short = (x: number): number => Number(x.toPrecision(7));
  return {
    gates,
    constant: short(constant),
    single: Array.from(single, short),
    low: pair.length === 0 ? 0 : low,
    high: pair.length === 0 ? 0 : high,
    pair: base64Of(bytes),
  };
}

function unpack({ constant, single, low, high, pair }: PackedPolynomial): Polynomial {
  const bytes = bytesOf(pair);
  return {
    constant,
    single: Float64Array.from(single),
    pair: Float64Array.from({ length: bytes.length / 2 }, (_, i) => {
      const place = (bytes[2 * i] as number) + 256 * (bytes[2 * i + 1] as number);
      return low + ((high - low) * place) / scaleSteps;
    }),
  };
}

/** A sheet unpacked once, for many minds. */
export interface OpenSheet {
  /** The value of each target for what a mind believes, in their order. */
  readonly values: (beliefs: Beliefs) => Float64Array;
  /**
   * What each claim adds to one reading, as Shapley values of taking claims out: of a polynomial of second order each claim has its own term, and half of
   * every term that it shares. A reading with a condition is taken along its slope.
   */
  readonly shares: (reading: number, beliefs: Beliefs) => ReadonlyMap<string, number>;
}

export function openSheet(model: Model, sheet: LeadSheet): OpenSheet {
  const frame = frameOf(model);
  const opened = (p: PackedPolynomial): { readonly gates: readonly string[]; readonly of: Polynomial } => ({
    gates: p.gates.map((g) => sheet.gates[g] ?? ""),
    of: unpack(p),
  });
  const readings = sheet.readings.map(({ pins, n, d }) => ({
    key: JSON.stringify(pins),
    pins,
    n: opened(n),
    d: d === null ? null : opened(d),
  }));
  let last: {
    readonly beliefs: Beliefs;
    readonly claims: Map<string, ClaimMeans>;
    readonly blocks: readonly ClaimBlock[];
  } | null = null;
  const claimsOf = (beliefs: Beliefs, key: string, pins: Pins): ClaimMeans => {
    if (last?.beliefs !== beliefs)
      last = { beliefs, claims: new Map(), blocks: blocksOf(frame, [beliefs], sheet.gates) };
    const { blocks } = last;
    const known =
      last.claims.get(key) ?? claimMeans({ blocks, laws: blocks.map((b) => lawOf(frame, beliefs, b, pins)) });
    last.claims.set(key, known);
    return known;
  };
  return {
    values: (beliefs) =>
      Float64Array.from(readings, ({ key, pins, n, d }) => {
        const claims = claimsOf(beliefs, key, pins);
        const value = meanUnder(n.of, n.gates, claims);
        return d === null ? value : value / meanUnder(d.of, d.gates, claims);
      }),
    shares: (reading, beliefs) => {
      const found = readings[reading];
      if (found === undefined) return new Map();
      const claims = claimsOf(beliefs, found.key, found.pins);
      const n = sharesIn(found.n.of, found.n.gates, claims);
      if (found.d === null) return n.shares;
      const d = sharesIn(found.d.of, found.d.gates, claims);
      return new Map(
        [...new Set([...n.shares.keys(), ...d.shares.keys()])].map((c) => [
          c,
          ((n.shares.get(c) ?? 0) - (n.value / d.value) * (d.shares.get(c) ?? 0)) / d.value,
        ]),
      );
    },
  };
}

function sharesIn(
  of: Polynomial,
  gates: readonly string[],
  claims: ClaimMeans,
): { readonly value: number; readonly shares: Map<string, number> } {
  const means = gates.map((g) => claims.of.get(g) ?? 0);
  const shares = gates.map((_, i) => (of.single[i] as number) * (means[i] as number));
  const half = (i: number, j: number, both: number): void => {
    const term = (pairOf(of.pair, gates.length, i, j) * both) / 2;
    shares[i] = (shares[i] as number) + term;
    shares[j] = (shares[j] as number) + term;
  };
  for (let i = 0; i < gates.length; i++)
    for (let j = i + 1; j < gates.length; j++) half(i, j, (means[i] as number) * (means[j] as number));
  for (const { a, b, beyond } of claims.together) {
    const [i, j] = [gates.indexOf(a), gates.indexOf(b)];
    if (i >= 0 && j >= 0) half(i, j, beyond);
  }
  return { value: meanUnder(of, gates, claims), shares: new Map(gates.map((g, i) => [g, shares[i] as number])) };
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Neither Node's nor a browser's own is known here. */
function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const left = bytes.length - i;
    text += (letters[a >> 2] ?? "") + (letters[((a & 3) << 4) | (b >> 4)] ?? "");
    text += left > 1 ? (letters[((b & 15) << 2) | (c >> 6)] ?? "") : "=";
    text += left > 2 ? (letters[c & 63] ?? "") : "=";
  }
  return text;
}

function bytesOf(text: string): Uint8Array {
  const clean = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let [held, bits, at] = [0, 0, 0];
  for (const letter of clean) {
    held = ((held << 6) | letters.indexOf(letter)) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 255;
  }
  return bytes;
}
