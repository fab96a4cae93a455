/** Philox and name keys against published vectors; uniforms by their definition. */

import { describe, expect, it } from "vitest";
import { keyOf, philox, uniform } from "#kernel/philox.ts";

describe("Philox4x32-10", () => {
  // Random123's kat_vectors (DEShawResearch/random123, tests/kat_vectors): counter, key, output.
  it.each([
    ["00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    ["ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    ["243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ])("counter %s, key %s", (counter, key, wanted) => {
    const words = (text: string): number[] => text.split(" ").map((word) => parseInt(word, 16));
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = words(counter);
    const [k0 = 0, k1 = 0] = words(key);
    const out = new Uint32Array(4);
    philox(c0, c1, c2, c3, k0, k1, out);
    expect([...out].map((w) => w.toString(16).padStart(8, "0")).join(" ")).toBe(wanted);
  });
});

describe("a uniform", () => {
  it("is made of the first two words of counter (index, key, world) under key (seed, 0)", () => {
    const out = new Uint32Array(4);
    philox(5, 0x1234, 0x5678, 9, 77, 0, out);
    const [w0 = 0, w1 = 0] = out;
    const bits = (BigInt(w0) << 20n) | BigInt(w1 >>> 12);
    // (bits + 1/2)·2^-52 by its binary digits: exact, since bits has 52 of them.
    expect(uniform(77, { low: 0x1234, high: 0x5678 }, 9, 5)).toBe(Number(bits * 2n + 1n) / 2 ** 53);
  });

  it("has the mean and variance of a uniform, and neighbours that do not hang together", () => {
    const key = keyOf("unknown x");
    const n = 40_000;
    const u = Array.from({ length: n }, (_, world) => uniform(1, key, world, 0) - 0.5);
    const next = Array.from({ length: n }, (_, world) => uniform(1, key, world, 1) - 0.5);
    const mean = u.reduce((a, b) => a + b, 0) / n;
    const variance = u.reduce((a, b) => a + b * b, 0) / n;
    const together = u.reduce((a, b, i) => a + b * (next[i] as number), 0) / n;
    // Four standard errors: 1/√(12n), √(1/180)/√n, (1/12)/√n.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(12 * n));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan((4 * Math.sqrt(1 / 180)) / Math.sqrt(n));
    expect(Math.abs(together)).toBeLessThan(4 / 12 / Math.sqrt(n));
  });
});

describe("the key of a name", () => {
  // 64-bit FNV-1a test vectors (Fowler, Noll, Vo; draft-eastlake-fnv, appendix C).
  it.each([
    ["", "cbf29ce484222325"],
    ["a", "af63dc4c8601ec8c"],
    ["foobar", "85944171f73967e8"],
  ])("of '%s'", (name, wanted) => {
    const { low, high } = keyOf(name);
    expect(high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0")).toBe(wanted);
  });

  it("is that of the UTF-8 bytes", () => {
    for (const name of ["event é", "claim 戦", "policy 🂡"]) {
      let hash = 0xcbf29ce484222325n;
      for (const byte of new TextEncoder().encode(name))
        hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
      expect(keyOf(name)).toEqual({ low: Number(hash & 0xffffffffn), high: Number(hash >> 32n) });
    }
  });
});
