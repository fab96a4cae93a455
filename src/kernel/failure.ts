/** A run that met a value it cannot go on with: which equation, in which step of which world, and the value. */

export class RunFailure extends Error {
  /** What the model calls it, with its kind: `stock support`, `let hardship`, `event fall`, `outcome fallen`. */
  readonly equation: string;
  /** From 0. */
  readonly step: number;
  /** From 0. */
  readonly world: number;
  /** Not a number, an infinity, or the negative rate of a hazard. */
  readonly value: number;

  constructor(equation: string, step: number, world: number, value: number) {
    super(`${equation} is ${value} in step ${step} of world ${world}`);
    this.name = "RunFailure";
    this.equation = equation;
    this.step = step;
    this.world = world;
    this.value = value;
  }
}
