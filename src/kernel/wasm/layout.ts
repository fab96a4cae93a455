/** Where things lie in the kernel's memory: constants, tables, the frame of one pair of runs, and what the host lays in and takes out. */

import type { LookupCurve } from "../operators.ts";
import { numberBits } from "./instruction.ts";

/** Bytes of one value of a pair of runs. */
export const pairBytes = 16;

/** Hands out addresses while a kernel is built; the constant part leaves as bytes. */
export class KernelLayout {
  readonly #constants = new Map<bigint, number>();
  readonly #parts: { readonly offset: number; readonly bytes: Uint8Array }[] = [];
  readonly #tables: { readonly address: number; readonly count: number }[] = [];
  #end = pairBytes;
  #scratch: number | null = null;

  /** An address for so many bytes, a multiple of 16. */
  reserve(bytes: number): number {
    const address = this.#end;
    this.#end += Math.ceil(bytes / pairBytes) * pairBytes;
    return address;
  }

  /** Where bytes that never change lie. */
  place(bytes: Uint8Array): number {
    const offset = this.reserve(bytes.length);
    this.#parts.push({ offset, bytes });
    return offset;
  }

  /** Where a number lies twice, for both runs of a pair. */
  constant(value: number): number {
    return this.constantBits(numberBits(value));
  }

  constantBits(bits: bigint): number {
    const wanted = BigInt.asUintN(64, bits);
    const known = this.#constants.get(wanted);
    if (known !== undefined) return known;
    const bytes = new Uint8Array(pairBytes);
    new DataView(bytes.buffer).setBigUint64(0, wanted, true);
    bytes.copyWithin(8, 0, 8);
    const address = this.place(bytes);
    this.#constants.set(wanted, address);
    return address;
  }

  /** A place for what is written and read back at once. */
  scratch(): number {
    return (this.#scratch ??= this.reserve(pairBytes));
  }

  /** Lays down a table's points: all x, all y, all slopes. */
  addTable(curve: LookupCurve): void {
    const points = Float64Array.from([...curve.x, ...curve.y, ...curve.slope]);
    this.#tables.push({ address: this.place(new Uint8Array(points.buffer)), count: curve.x.length });
  }

  table(index: number): { readonly address: number; readonly count: number } {
    return this.#tables[index] as { address: number; count: number };
  }

  /** The constant parts, to be laid in when the module starts. */
  data(): readonly { readonly offset: number; readonly bytes: Uint8Array }[] {
    return this.#parts;
  }

  /** Bytes in use. */
  get end(): number {
    return this.#end;
  }
}
