/** What is built in and what is found, and what a verdict hangs on that nobody named. */

import { describe, expect, it } from "vitest";
import { signOfClaim } from "#analysis/causal/claim-sign.ts";
import { flipFindings } from "#analysis/carries/explain.ts";
import { runFindings } from "#analysis/findings/findings.ts";
import { checked, twoYears } from "../../model/checked.ts";
import { quickLab } from "../../lab.ts";

const lab = quickLab();
const asking = {
  seed: 1,
  set: {},
  worlds: 1024,
  untilSettled: true,
  budget: 1e12,
  views: ["case"],
  vary: [],
  series: [],
};

const model = checked(`${twoYears}
claim up causal "U." { credence 50% }
claim mixed causal "M." { credence 50% }
actor x "X"
choice do by x = this | that
unknown u : share ~ 10% to 40%
unknown v : number ~ normal(0, 1)
stock s : share = 50% within 0..100%
  + u / 12 months because up
event e "E" rate 5 percent/year + s * 10 percent/year + (if do = that then u / 12 months else 0 percent/month)
outcome came = happened(e)
outcome level : share = final(s)
outcome either : number = if mixed then v else 0
outcome down : share = 1 - level
conclusion rises "R": chance(came if up) > chance(came if not up)
conclusion lifts "L": mean(level if up) > mean(level if not up) by 1 point
conclusion falls "F": mean(down if up) > mean(down if not up)
conclusion found "M": mean(either if mixed) > mean(either if not mixed) by 1
conclusion chosen "C": chance(came if do = that) > chance(came if do = this)
`);

describe("built in", () => {
  it("is a comparison that switches a claim, where no run goes the other way, and the equations say so too", async () => {
    const { conclusions } = await runFindings(model, asking, lab);
    const of = Object.fromEntries(conclusions.map((c) => [c.name, c]));
    expect(of["rises"]?.comparison.opposite).toBe(0);
    expect(of["rises"]?.builtIn).toEqual({ claims: ["up"], runs: of["rises"]?.comparison.worlds, isBySigns: true });
    expect(of["lifts"]?.builtIn?.isBySigns).toBe(true);
    // The opposite of what is claimed may be built in as well.
    expect([of["falls"]?.verdict, of["falls"]?.builtIn?.isBySigns]).toEqual(["fails", true]);
    // A draw that goes either way is found: about half of the runs go against the mean.
    expect(of["found"]?.builtIn).toBeNull();
    expect(of["found"]?.comparison.opposite).toBeGreaterThan(300);
    // What is chosen is no claim.
    expect(of["chosen"]?.builtIn).toBeNull();
  });

  it("by the signs of the equations", () => {
    const signs = ["came", "level", "down", "either"].map((name) => signOfClaim(model, "up", { op: "outcome", name }));
    expect(signs).toEqual([1, 1, -1, undefined]);
    expect(signOfClaim(model, "mixed", { op: "outcome", name: "either" })).toBeNull();
    // Negative feedback makes ways of both signs.
    const loop = checked(`${twoYears}
claim up causal "U." { credence 50% }
stock s : share = 50% within 0..100%
  + 1 percent/month because up
  - s * 2 percent/month
outcome level : share = final(s)
`);
    expect(signOfClaim(loop, "up", { op: "outcome", name: "level" })).not.toBe(-1);
  });
});

describe("options that nobody named", () => {
  const hidden = checked(`case t "T?"
actor x "X"
choice advice by x = offered | refused
choice say "A say" by x = no "None" | yes "A say over neighbours" default no
choice idle by x = one | two default one
unknown u : number ~ uniform(0, 1)
outcome safe = u < (if advice = offered then (if say = yes then 0.4 else 0.7) else 0.6)
conclusion better "Better": chance(safe if advice = offered) > chance(safe if advice = refused) by 2 points
`);
  it("are tried, and those that turn the verdict are reported with it", async () => {
    const { flipped } = await flipFindings({
      model: hidden,
      name: "better",
      request: asking,
      options: { patterns: 512, exact: 12, unknowns: 0 },
      lab,
    });
    const [found] = flipped;
    expect(found?.found.now.verdict).toBe("holds");
    expect(found?.tried).toBe(2);
    expect(found?.turning.map((t) => [t.choice, t.option, t.instead, t.verdict])).toEqual([
      ["say", "no", "yes", "fails"],
    ]);
    // 0.4 − 0.6 in closed form.
    const { low = 0, high = 0 } = found?.turning[0]?.comparison ?? {};
    expect(low).toBeLessThan(-0.2);
    expect(high).toBeGreaterThan(-0.2);
  });

  it("are found by run as well, the same ones with the same figures", async () => {
    const [concluded] = (await runFindings(hidden, asking, lab)).conclusions;
    const { flipped } = await flipFindings({
      model: hidden,
      name: "better",
      request: asking,
      options: { patterns: 512, exact: 12, unknowns: 0 },
      lab,
    });
    expect(concluded?.turning).toHaveLength(1);
    expect([concluded?.turning, concluded?.tried]).toEqual([flipped[0]?.turning, flipped[0]?.tried]);
  });

  it("of a conclusion do not depend on the other conclusions asked about", async () => {
    const [alone] = (await runFindings(hidden, asking, lab)).conclusions;
    const more = { ...hidden, conclusions: [...hidden.conclusions, { ...hidden.conclusions[0], name: "again" }] };
    const together = (await runFindings(more as typeof hidden, asking, lab)).conclusions;
    expect(together.map((c) => c.turning)).toEqual([alone?.turning, alone?.turning]);
  });
});
