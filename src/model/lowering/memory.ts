/** Gathers what expressions remember: delays, latches and hidden stocks, one of each kind for each meaning. */

import type { Span } from "#text/span.ts";
import { children, type Expression } from "../expression.ts";
import type { Memory, Smoothing } from "./lowering.ts";
import type { Delay, Latch, Stock } from "../model.ts";
import type { Type } from "../scope/typed.ts";

/** A hidden stock before its unit is printed. */
export interface HiddenStock extends Omit<Stock, "unit"> {
  readonly type: Type;
}

/** Collects while the expressions of one case are lowered: two that mean the same share one, two of the same text do not share a name. */
export class Recollection implements Memory {
  readonly delays: Delay[] = [];
  readonly latches: Latch[] = [];
  readonly stocks: HiddenStock[] = [];
  readonly smoothings: Smoothing[] = [];
  readonly #byMeaning = new Map<string, string>();
  readonly #names = new Set<string>();
  /** Where to begin counting when a text is taken. */
  readonly #last = new Map<string, number>();
  readonly #inputs = new Map<string, readonly Expression[]>();
  readonly #firsts = new Map<string, Expression>();

  delay(text: string, input: Expression, steps: number, initial: Expression, span: Span): Expression {
    const name = this.#name(text, ["delay", input, steps, initial], [input], (fresh) =>
      this.delays.push({ name: fresh, input, steps, initial, span }),
    );
    this.#firsts.set(name, initial);
    return { op: "delay", name };
  }

  latch(text: string, input: Expression, step: number, span: Span): Expression {
    const name = this.#name(text, ["latch", input, step], [input], (fresh) =>
      this.latches.push({ name: fresh, input, step, span }),
    );
    this.#firsts.set(name, input);
    return { op: "latch", name };
  }

  stock(text: string, type: Type, initial: Expression, flow: (self: Expression) => Expression, span: Span): Expression {
    const meaning = flow({ op: "stock", name: "" });
    const name = this.#name(text, ["stock", initial, meaning], children(meaning), (fresh) =>
      this.stocks.push({
        name: fresh,
        label: text,
        span,
        type,
        initial,
        flow: flow({ op: "stock", name: fresh }),
        low: null,
        high: null,
        provenance: [],
        hidden: true,
      }),
    );
    return { op: "stock", name };
  }

  smoothing(met: Smoothing): void {
    this.smoothings.push(met);
  }

  inputsOf(name: string): readonly Expression[] {
    return this.#inputs.get(name) ?? [];
  }

  firstOf(name: string): Expression | null {
    return this.#firsts.get(name) ?? null;
  }

  #name(
    text: string,
    meaning: readonly unknown[],
    inputs: readonly Expression[],
    add: (fresh: string) => void,
  ): string {
    const key = JSON.stringify(meaning);
    const known = this.#byMeaning.get(key);
    if (known !== undefined) return known;
    let fresh = text;
    for (let n = this.#last.get(text) ?? 2; this.#names.has(fresh); n++) {
      fresh = `${text} #${n}`;
      this.#last.set(text, n + 1);
    }
    this.#names.add(fresh);
    this.#byMeaning.set(key, fresh);
    this.#inputs.set(fresh, inputs);
    add(fresh);
    return fresh;
  }
}
