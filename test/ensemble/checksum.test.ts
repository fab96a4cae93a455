/** The checksum of columns tells any bit apart, and nothing else. */

import { expect, test } from "vitest";
import { checksumOf } from "#ensemble/checksum.ts";

test("equal columns, wherever they lie, have one checksum; any bit turned has another", () => {
  const column = Float64Array.from({ length: 100 }, (_, i) => i / 7);
  const known = checksumOf([column]);
  expect(checksumOf([Float64Array.from([0, ...column]).subarray(1)])).toBe(known);
  const words = new Uint32Array(column.buffer);
  for (const at of [0, 1, 99, 199])
    for (const bit of [0, 15, 16, 31]) {
      words[at] = (words[at] as number) ^ (1 << bit);
      expect(checksumOf([column])).not.toBe(known);
      words[at] = (words[at] as number) ^ (1 << bit);
    }
  expect(checksumOf([column])).toBe(known);
  expect(known).toMatch(/^[0-9a-f]{16}$/);
});
