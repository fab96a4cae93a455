/** The C programs, where there is a gcc: built into a temporary folder, given the kernel's own draws, timed by themselves. */

import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyOf } from "../dist/kernel/philox.js";
import { scratchFolder } from "../scripts/scratch.mjs";

const flags = ["-O3", "-march=native"];

/** Null, with the reason, where there is no compiler or the processor has no AVX2. */
export function native(draws) {
  if (spawnSync("gcc", ["--version"]).status !== 0) return { programs: null, why: "there is no gcc" };
  const folder = scratchFolder();
  const input = join(folder, "input");
  const keys = ["coup", "uprising", "pact", "war"].map((e) => keyOf(`event ${e}`)).flatMap((k) => [k.low, k.high]);
  const runs = draws.worlds.length;
  writeFileSync(
    input,
    Buffer.from(Float64Array.from([runs, draws.seed, ...keys, ...draws.unknowns.flatMap((c) => [...c])]).buffer),
  );
  const program = (name) => {
    const file = join(folder, name);
    const source = new URL(`c/${name}.c`, import.meta.url).pathname;
    execFileSync("gcc", [...flags, "-o", file, source, "-lm"]);
    return (repetitions) => {
      const lines = execFileSync(file, [input, String(repetitions)], { encoding: "utf8" })
        .trim()
        .split("\n");
      return {
        seconds: Math.min(...lines.slice(0, repetitions).map(Number)),
        means: lines.slice(repetitions).map((line) => Number(line.split(" ")[1])),
      };
    };
  };
  try {
    return { programs: { vector: program("vector"), scalar: program("scalar") }, flags: flags.join(" ") };
  } catch (error) {
    return { programs: null, why: `gcc could not build them: ${String(error).split("\n")[0]}` };
  }
}
