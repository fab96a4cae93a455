/** Finds every equilibrium in pure strategies of a normal form. */

import { type Field, compareNumbers } from "./field.ts";
import { cellsIn, payoffAt, shapeOf, strategiesAt, stridesOf, type NormalForm } from "./normal-form.ts";

/** All cells in which nobody gains by another strategy of its own, as the strategy of each player. */
export function pureEquilibria<T>(field: Field<T>, game: NormalForm<T>): readonly (readonly number[])[] {
  const shape = shapeOf(game);
  const strides = stridesOf(shape);
  const found: (readonly number[])[] = [];
  for (let cell = 0; cell < cellsIn(shape); cell++) {
    const at = strategiesAt(shape, cell);
    const stays = at.every((chosen, player) => {
      const stride = strides[player] as number;
      const own = payoffAt(game, player, cell);
      for (let s = 0; s < (shape[player] as number); s++)
        if (compareNumbers(field, payoffAt(game, player, cell + (s - chosen) * stride), own) > 0) return false;
      return true;
    });
    if (stays) found.push(at);
  }
  return found;
}
