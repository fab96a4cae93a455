/** Hands out places in a run's memory, one Float64Array: names, constants and intermediate values each have a slot. */

export class RunMemory {
  size = 0;
  /** Slots that hold a number known when the program is prepared. */
  readonly constants = new Map<number, number>();
  // A Map takes 0 and -0 for one key, so constants are found by their text.
  readonly #slots = new Map<string, number>();

  slot(): number {
    return this.size++;
  }

  /** `count` slots in a row; the first is returned. */
  block(count: number): number {
    this.size += count;
    return this.size - count;
  }

  constant(value: number): number {
    const key = Object.is(value, -0) ? "-0" : String(value);
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = this.slot();
      this.#slots.set(key, slot);
      this.constants.set(slot, value);
    }
    return slot;
  }

  /** A fresh memory: constants in place, all else 0. */
  create(): Float64Array {
    const memory = new Float64Array(this.size);
    for (const [slot, value] of this.constants) memory[slot] = value;
    return memory;
  }
}
