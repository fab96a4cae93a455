/** Order by bits is the order by comparison, ties and all. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { ascendingOrder } from "#evidence/order.ts";

const some = fc.oneof(
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, 5e-324, -5e-324, 1 + 2 ** -52, Number.MAX_VALUE),
);

it("is that of a stable sort by comparison", () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 60 }), (list) => {
      const compared = [...list.keys()].sort((a, b) => {
        const [x, y] = [list[a] as number, list[b] as number];
        return x < y ? -1 : x > y ? 1 : 0;
      });
      expect([...ascendingOrder(Float64Array.from(list))]).toEqual(compared);
    }),
    { numRuns: 500 },
  );
});
