/** Products and factors of matrices in WebAssembly, two numbers at a time, with the bits of `scalarMatrixMath`. */

import { fourRows, leastPivot, rowsAtOnce, scalarMatrixMath, type MatrixMath } from "../matrix.ts";
import { encode, type WasmFunction } from "./encode.ts";
import { wasmHostOf, type WasmExports, type WasmHost } from "./host.ts";
import { get, i32, set, type Instruction } from "./instruction.ts";

/** The fastest that a global object has: one that compiles nothing, or may not, has the scalar one. */
export function matrixMathOf(global: object): MatrixMath {
  const host = wasmHostOf(global);
  if (host === null) return scalarMatrixMath;
  try {
    return wasmMatrixMath(host);
  } catch {
    return scalarMatrixMath;
  }
}

const pageBytes = 1 << 16;

interface Bench {
  readonly numbers: Float64Array;
  readonly exports: WasmExports;
}

/** Throws what the host does where it may not compile. */
function wasmMatrixMath(host: WasmHost): MatrixMath {
  const module = new host.Module(
    encode({ imports: [], functions: [productsFunction(), columnFunction()], data: [], memoryPages: 1 }),
  );
  let bench: Bench | null = null;
  /** One with room for so many numbers. */
  const benchFor = (count: number): Bench => {
    if (bench !== null && bench.numbers.length >= count) return bench;
    const memory = new host.Memory({ initial: Math.ceil((8 * count) / pageBytes) });
    const { exports } = new host.Instance(module, { env: { memory } });
    return (bench = { numbers: new Float64Array(memory.buffer), exports });
  };
  return {
    products: (rows, terms) => {
      const width = evenOf(terms);
      const four = rowsAtOnce * width;
      const { numbers, exports } = benchFor(four + terms * width);
      numbers.fill(0, 0, four + terms * width);
      const none = new Float64Array(terms);
      for (let r = 0; r < rows.length; r += rowsAtOnce) {
        fourRows(rows, r, none).forEach((row, k) => {
          for (let a = 0; a < terms; a++) numbers[placeOf(a, k)] = row[a] as number;
        });
        (exports["products"] as WasmExports[string])(8 * terms, 8 * width, 8 * four);
      }
      const sums = new Float64Array(terms * terms);
      for (let a = 0; a < terms; a++) sums.set(numbers.subarray(four + a * width, four + a * width + a + 1), a * terms);
      return sums;
    },
    factorise: (l, size) => {
      const width = evenOf(size);
      const { numbers, exports } = benchFor(size * width);
      const reduce = exports["column"] as WasmExports[string];
      // Column by column here, so that neighbours are of one column.
      for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) numbers[b * width + a] = l[a * size + b] as number;
      for (let b = 0; b < size; b++) {
        const own = b * width;
        reduce(8 * b, 8 * size, 8 * width, 8 * own);
        const root = Math.sqrt(Math.max(numbers[own + b] as number, leastPivot));
        numbers[own + b] = root;
        for (let a = b + 1; a < size; a++) numbers[own + a] = (numbers[own + a] as number) / root;
      }
      for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) l[a * size + b] = numbers[b * width + a] as number;
    },
  };
}

/** Numbers of a row, so that each begins where a pair does. */
function evenOf(count: number): number {
  return count + (count % 2);
}

/** Where a term of one of four rows lies: pair by pair, in a pair row by row. */
function placeOf(term: number, row: number): number {
  return 2 * rowsAtOnce * (term >> 1) + 2 * row + (term & 1);
}

const add: Instruction = { op: "i32.add" };
const times: Instruction = { op: "f64x2.mul" };
const plus: Instruction = { op: "f64x2.add" };
const pair = 16;

/**
 * `products(terms, width, sums)`, all in bytes of numbers: adds the products of the four rows at the beginning of memory to the sums, each row of which is of
 * that width. A pair may end beyond the diagonal, where nothing is read.
 */
function productsFunction(): WasmFunction {
  const [terms, width, sums] = [0, 1, 2] as const;
  const [a, b, own, row] = [3, 4, 5, 6] as const;
  const ofA = [7, 8, 9, 10] as const;
  const product = (k: number): readonly Instruction[] => [
    get(ofA[k] as number),
    get(row),
    { op: "v128.load", offset: pair * k },
    times,
  ];
  const body: Instruction[] = [get(sums), set(own), { op: "loop", result: null }];
  // The place of term a among four rows.
  body.push(get(a), i32(4), { op: "i32.shr_u" }, i32(6), { op: "i32.shl" });
  body.push(get(a), i32(8), { op: "i32.and" }, add, set(row));
  ofA.forEach((to, k) => body.push(get(row), { op: "v128.load64_splat", offset: pair * k }, set(to)));
  body.push(i32(0), set(b), i32(0), set(row), { op: "loop", result: null });
  body.push(get(own), get(b), add, get(own), get(b), add, { op: "v128.load", offset: 0 });
  body.push(...product(0), ...product(1), plus, ...product(2), ...product(3), plus, plus, plus);
  body.push({ op: "v128.store", offset: 0 }, get(row), i32(pair * rowsAtOnce), add, set(row));
  body.push(get(b), i32(pair), add, { op: "local.tee", index: b }, get(a), { op: "i32.gt_u" }, { op: "i32.eqz" });
  body.push({ op: "br_if", index: 0 }, { op: "end" }, get(own), get(width), add, set(own));
  body.push(get(a), i32(8), add, { op: "local.tee", index: a }, get(terms), { op: "i32.lt_s" });
  body.push({ op: "br_if", index: 0 }, { op: "end" });
  return {
    name: "products",
    type: { parameters: ["i32", "i32", "i32"], results: [] },
    locals: ["i32", "i32", "i32", "i32", "v128", "v128", "v128", "v128"],
    body,
    isExported: true,
  };
}

/** Columns that are taken off at once. */
const columnsAtOnce = 4;

/**
 * `column(b, size, width, own)`, all in bytes of numbers: takes off column b, which lies at `own`, the products of what the columns before it have in its
 * rows with what they have in row b, one column after the other. A column is of that width. Rows above b are nobody's.
 */
function columnFunction(): WasmFunction {
  const [b, size, width, own] = [0, 1, 2, 3] as const;
  const a = 4;
  const ofColumn = [5, 6, 7, 8] as const;
  const atB = [9, 10, 11, 12] as const;
  const body: Instruction[] = [];
  /** While so many columns are left before b, the first of which lies at `ofColumn[0]`. */
  const takeOff = (count: number): void => {
    const next: readonly Instruction[] = [get(ofColumn[0]), get(width), i32(count), { op: "i32.mul" }, add];
    body.push({ op: "block", result: null }, { op: "loop", result: null });
    body.push(...next, get(own), { op: "i32.gt_u" }, { op: "br_if", index: 1 });
    for (let k = 0; k < count; k++) {
      const column = ofColumn[k] as number;
      if (k > 0) body.push(get(ofColumn[k - 1] as number), get(width), add, set(column));
      body.push(get(column), get(b), add, { op: "v128.load64_splat", offset: 0 }, set(atB[k] as number));
    }
    body.push(get(b), i32(-pair), { op: "i32.and" }, set(a), { op: "loop", result: null });
    body.push(get(own), get(a), add, get(own), get(a), add, { op: "v128.load", offset: 0 });
    for (let k = 0; k < count; k++) {
      body.push(get(atB[k] as number), get(ofColumn[k] as number), get(a), add, { op: "v128.load", offset: 0 });
      body.push(times, { op: "f64x2.sub" });
    }
    body.push({ op: "v128.store", offset: 0 });
    body.push(get(a), i32(pair), add, { op: "local.tee", index: a }, get(size), { op: "i32.lt_s" });
    body.push({ op: "br_if", index: 0 }, { op: "end" }, ...next, set(ofColumn[0]), { op: "br", index: 0 });
    body.push({ op: "end" }, { op: "end" });
  };
  takeOff(columnsAtOnce);
  takeOff(1);
  return {
    name: "column",
    type: { parameters: ["i32", "i32", "i32", "i32"], results: [] },
    locals: ["i32", "i32", "i32", "i32", "i32", "v128", "v128", "v128", "v128"],
    body,
    isExported: true,
  };
}
