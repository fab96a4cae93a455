/** What a reader moved, in an address and back; settings from a stranger fit the case or are left out by name. */

import { describe, expect, it } from "vitest";
import { longestFragment, toFragment, fromFragment } from "#web/page/fragment.ts";
import { readSettingsFile, settingsFile } from "#web/page/settings-file.ts";
import { settle } from "#web/page/settle.ts";
import { firstSettings, isMoved } from "#web/page/settings.ts";
import { Refused } from "#text/refused.ts";
import { checked, twoYears } from "../model/checked.ts";

const model = checked(`${twoYears}
claim a causal "A." { credence 50% }
claim b causal "B." { credence 20% }
claim c causal "C." { credence 20% }
one of {b, c, neither}
unknown u : share "U" ~ 10% to 40%
view other "Another" { a 90% }
actor x "X"
choice do by x = this | that
stock s : share "S" = u
  + 1 percent/month because a
outcome o = b or c
conclusion near of a: chance(o if do = this) > 10%
conclusion far of a: chance(o if do = that) > 10%
conclusion apart of b: chance(o) > 10%
`);
const views = ["case", "other"];
const first = firstSettings(model, views);

describe("the address", () => {
  it("holds settings and gives them back", () => {
    const settings = {
      ...first,
      credences: { a: [0.123456789] },
      pinned: { view: "other", credences: {}, distributions: {} },
    };
    const fragment = toFragment({ settings, text: null }) ?? "";
    expect(fragment).toMatch(/^1\.[\w-]+$/);
    expect(fromFragment(`#${fragment}`)).toEqual({ settings, text: null });
  });

  it("is no address where it would be too long", () => {
    // Random digits do not deflate.
    const credences = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`c${i}`, [Math.sin(i) ** 2]]));
    expect(toFragment({ settings: { ...first, credences }, text: null })).toBeNull();
    expect(longestFragment).toBeLessThan(8000);
  });

  it("is left alone where it is not ours, and told where it is damaged", () => {
    expect(fromFragment("#claims")).toBeNull();
    expect(() => fromFragment("#1.AAAA")).toThrow(Refused);
  });
});

describe("settings from a stranger", () => {
  it("are kept where they fit", () => {
    const given = { ...first, view: "other", credences: { a: [0.25] }, conclusion: "apart" };
    expect(settle(model, views, given, first)).toEqual({ settings: given, dropped: [] });
  });

  it.each<[unknown, RegExp]>([
    [{ view: "nobody" }, /the view “nobody”/],
    [{ credences: { a: [1.5] } }, /claim “a”/],
    [{ credences: { a: "1" } }, /claim “a”/],
    [{ credences: { zz: [0.5] } }, /claim “zz”/],
    [{ credences: { b: [0.9], c: [0.9] } }, /exclude one another/],
    [{ distributions: { u: { kind: "constant", value: { op: "const", value: 1 } } } }, /range of “u”/],
    [{ conclusion: "__proto__" }, /conclusion/],
    ["text", /not the settings/],
  ])("%j is left out by name", (given, told) => {
    const { settings, dropped } = settle(model, views, given, first);
    expect(dropped.join("; ")).toMatch(told);
    expect(isMoved(settings)).toBe(false);
  });

  it("begin with the conclusion that reports lead with", () => {
    expect(first.conclusion).toBe("near");
  });
});

describe("a settings file", () => {
  const fileOf = (text: string): File => new File([text], "a.json");
  const more = { reader: "Ada", guess: 0.3, documents: null };

  it("gives back what was saved, with who saved it", async () => {
    const read = await readSettingsFile(fileOf(settingsFile(model, first, more)), model.name);
    expect(read).toEqual({ ...more, settings: first });
    const plain = await readSettingsFile(fileOf(settingsFile(model, first, { ...more, reader: null })), model.name);
    expect(plain.reader).toBeNull();
  });

  it("of another case is refused, naming both", async () => {
    const other = settingsFile({ ...model, name: "bank_run" }, first, more);
    await expect(readSettingsFile(fileOf(other), model.name)).rejects.toThrow(
      `it holds the settings of another case, “bank_run”; this page is of “${model.name}”`,
    );
  });

  it.each([
    ["{", "it is no JSON"],
    ["[]", "its schema is not"],
    ['{"schema":"casus/settings@1","documents":[7]}', "its documents are no texts"],
  ])("that is none is refused: %s", async (text, reason) => {
    await expect(readSettingsFile(fileOf(text), model.name)).rejects.toThrow(reason);
  });
});
