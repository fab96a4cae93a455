/** Verdicts as sentences: what they say is carried by the findings, never read out of a text. */

import { expect, it } from "vitest";
import { read, run, verdictSentence } from "#casus.ts";
import { inScale, scaleOf } from "#report/words/numbers.ts";

it("names the outcome whatever letters its name has", async () => {
  const argument = read(`
    case paix "La paix dure-t-elle ?"
    unknown force : share "Force" ~ 40% to 80%  judged
    choice pacte "Pacte" by allié = écrit "Écrit" | oral "Oral"
    actor allié "L'allié"
    outcome paix_durée "La paix dure" = force + (if pacte = écrit then 30% else 0%) > 50%
    conclusion tient "Un pacte écrit aide": chance(paix_durée if pacte = écrit) > chance(paix_durée if pacte = oral) by 2 points
  `);
  const { findings } = await run(argument, { worlds: 200, threads: 1 });
  const [first] = findings.conclusions;
  expect(first?.comparison.figures.map((f) => f.outcome)).toEqual(["paix_durée", "paix_durée"]);
  expect(first === undefined ? "" : verdictSentence(argument.model, findings, first)).toMatch(
    /^In this model, with the case's own figures, “Un pacte écrit aide” holds\. La paix dure: in .* where “Écrit”; in .* where “Oral”\./,
  );
});

it("writes very large and very small figures by powers of ten, the smaller of a set by the unit of the larger", () => {
  const written = (values: readonly number[], label = "dead"): readonly string[] => {
    const scale = scaleOf(values, { label, factor: 1 });
    return [...values.map((v) => inScale(v, scale)), scale.unit];
  };
  expect(written([-1e308, 4e307])).toEqual(["−1.0", "0.4", "×10³⁰⁸ dead"]);
  expect(written([2.5e-9, 0])).toEqual(["2.5", "0.0", "×10⁻⁹ dead"]);
  expect(written([7e14])).toEqual(["700", "trillion dead"]);
  expect(written([0])).toEqual(["0", "dead"]);
  expect(written([3e-12], "share")).toEqual(["3.0", "×10⁻¹⁰ per cent"]);
});

it("writes a figure that rounds to a million with that word, and four digits of one below ten thousand", () => {
  const written = (value: number, label = "eur"): string => {
    const scale = scaleOf([value], { label, factor: 1 });
    return `${inScale(value, scale)} ${scale.unit}`;
  };
  expect(written(999_600)).toBe("1.00 million eur");
  expect(written(999_400)).toBe("999 thousand eur");
  expect(written(9_996)).toBe("9,996 eur");
  expect(written(7.4, "month")).toBe("7.4 months");
});
