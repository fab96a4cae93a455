/** Products and factors of matrices: what they are, and that WebAssembly gives the bits of the scalar form. */

import { describe, expect, it } from "vitest";
import { scalarMatrixMath } from "#kernel/matrix.ts";
import { matrixMathOf } from "#kernel/wasm/matrix.ts";
import { keyOf, uniform } from "#kernel/philox.ts";

const fast = matrixMathOf(globalThis);

/** A row for each, of numbers between −½ and ½. */
function someRows(count: number, terms: number): readonly Float64Array[] {
  const key = keyOf("matrix");
  return Array.from({ length: count }, (_, r) =>
    Float64Array.from({ length: terms }, (_ignored, a) => uniform(7, key, r, a) - 0.5),
  );
}

function lowerOf(matrix: Float64Array, size: number): readonly (readonly number[])[] {
  return Array.from({ length: size }, (_, a) => [...matrix.subarray(a * size, a * size + a + 1)]);
}

const forms = [
  ["scalar", scalarMatrixMath],
  ["WebAssembly", fast],
] as const;

describe.each(forms)("%s", (_, math) => {
  it("sums the products of rows", () => {
    // Whole numbers, so that every order of adding gives the same: Σ (1, r, r²)·(1, r, r²)ᵀ for r = 1 … 5.
    const rows = [1, 2, 3, 4, 5].map((r) => Float64Array.of(1, r, r * r));
    expect(lowerOf(math.products(rows, 3), 3)).toEqual([[5], [15, 55], [55, 225, 979]]);
    expect([...math.products([], 2)]).toEqual([0, 0, 0, 0]);
  });

  it("factorises a matrix in its place", () => {
    // L·Lᵀ of L = (2; 6 1; −8 5 3), multiplied out by hand.
    const matrix = Float64Array.of(4, 0, 0, 12, 37, 0, -16, -43, 98);
    math.factorise(matrix, 3);
    expect(lowerOf(matrix, 3)).toEqual([[2], [6, 1], [-8, 5, 3]]);
  });

  it("takes a pivot of no size for a small one", () => {
    const matrix = Float64Array.of(1, 0, 1, 1);
    math.factorise(matrix, 2);
    expect(lowerOf(matrix, 2)).toEqual([[1], [1, 1e-6]]);
  });
});

describe("in WebAssembly", () => {
  it("is another form than the scalar one", () => {
    expect(fast).not.toBe(scalarMatrixMath);
  });

  // Larger and smaller in turn, since memory is used again.
  it.each([1, 2, 67, 8, 33, 5, 3])("has the bits of the scalar form: %i terms", (terms) => {
    for (const count of [2 * terms + 1, 2 * terms + 8]) {
      const rows = someRows(count, terms);
      const [sums, wanted] = [fast.products(rows, terms), scalarMatrixMath.products(rows, terms)];
      expect(lowerOf(sums, terms)).toEqual(lowerOf(wanted, terms));
      fast.factorise(sums, terms);
      scalarMatrixMath.factorise(wanted, terms);
      expect(lowerOf(sums, terms)).toEqual(lowerOf(wanted, terms));
    }
  });

  it("is the scalar form where nothing may be compiled", () => {
    expect(matrixMathOf({})).toBe(scalarMatrixMath);
    const WebAssembly = {
      Module: class {
        constructor() {
          throw new Error("refused by the page's policy");
        }
      },
    };
    expect(matrixMathOf({ WebAssembly })).toBe(scalarMatrixMath);
  });
});
