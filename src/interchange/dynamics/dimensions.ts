/** The subscript ranges of a model: their elements, which range an element is of, and what is mapped to what. */

import type { SdDimension } from "./tree.ts";

export class Dimensions {
  readonly #elements = new Map<string, readonly string[]>();
  readonly #byName: ReadonlyMap<string, SdDimension>;
  /** The first range, as declared, that has the element. */
  readonly #home = new Map<string, string>();
  readonly #spelling = new Map<string, string>();

  constructor(dimensions: readonly SdDimension[]) {
    this.#byName = new Map(dimensions.map((d) => [d.name, d]));
    for (const d of dimensions) {
      const elements = this.#flat(d.name, new Set());
      this.#elements.set(d.name, elements);
      for (const [element, written] of d.spelling) if (!this.#byName.has(element)) this.#spelling.set(element, written);
    }
    // The widest range is the home of its elements, so that a part of it is written like the whole.
    const bySize = [...this.#elements].toSorted(([, a], [, b]) => b.length - a.length);
    for (const [name, elements] of bySize) for (const e of elements) if (!this.#home.has(e)) this.#home.set(e, name);
  }

  /** A range within a range stands for its elements. */
  #flat(name: string, within: ReadonlySet<string>): readonly string[] {
    const found = this.#byName.get(name);
    if (found === undefined) return [name];
    if (within.has(name)) return [];
    const inner = new Set([...within, name]);
    return [...new Set(found.elements.flatMap((e) => (e === name ? [e] : this.#flat(e, inner))))];
  }

  isDimension(name: string): boolean {
    return this.#elements.has(name);
  }

  isElement(name: string): boolean {
    return this.#home.has(name);
  }

  /** Of a range; of an element, itself alone. */
  elementsOf(name: string): readonly string[] {
    return this.#elements.get(name) ?? [name];
  }

  homeOf(element: string): string {
    return this.#home.get(element) ?? element;
  }

  /** Counted from 1, in the widest range that has it: a part of a range counts as the whole does. */
  placeOf(element: string): number {
    return this.elementsOf(this.homeOf(element)).indexOf(element) + 1;
  }

  spell(name: string): string {
    return this.#byName.get(name)?.written ?? this.#spelling.get(name) ?? name.replaceAll("_", " ");
  }

  /** The element of `range` that goes with `element` of the range `bound`: by a mapping of the one to the other, whichever is declared. */
  counterpart(range: string, bound: string, element: string): string | null {
    const own = this.elementsOf(range);
    const others = this.elementsOf(bound);
    const mapped = this.#mapping(range, bound);
    if (mapped !== null) return own[mapped.indexOf(element)] ?? null;
    const back = this.#mapping(bound, range);
    if (back !== null) return back[others.indexOf(element)] ?? null;
    return null;
  }

  /** For each element of `from` in order, the one of `to` it is mapped to. */
  #mapping(from: string, to: string): readonly string[] | null {
    const found = this.#byName.get(from)?.mappedTo.find((m) => m.dimension === to);
    if (found === undefined) return null;
    return found.elements === null ? this.elementsOf(to) : found.elements.flatMap((e) => this.elementsOf(e));
  }
}

/** Elements, one for each subscript, as the key of a map. A name may be empty, or hold any character. */
export function memberKey(index: readonly string[]): string {
  return JSON.stringify(index);
}

export function memberIndex(key: string): readonly string[] {
  return JSON.parse(key) as readonly string[];
}

/** Every way to take one of each list, the last running fastest. */
export function tuples(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (all, list) => all.flatMap((head) => list.map((e) => [...head, e])),
    [[]],
  );
}
