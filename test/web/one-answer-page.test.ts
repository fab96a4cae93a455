/** One question, one answer, from end to end: what a published page shows in a real browser, whole, embedded and after its text is run again, is what the command prints, to the last digit. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { browserPath, complaintsOf, openBrowser, openPage } from "./browser.ts";
import { casus as command } from "../cli/command.ts";
import { buildPage, host } from "./published.ts";

const isMissing = browserPath() === null;
if (isMissing && process.env["CI"]) throw new Error("the page's tests need Chromium");

/** A chance not far from its line, of ten lines: it takes several looks. */
const fair = `case fair "Do the poor gain?"
claim poor_ride premise "The poor ride the bus." { credence 75% }
claim buses_help causal "Buses help the poor." { credence 60% }
actor council "The council"
choice charge by council = six "Six dollars" | none "No charge"
unknown gain : share ~ 30% to 80% judged
unknown cost : share ~ 10% to 25% judged
let back : share = (if charge = six then 1 else 0) * gain because buses_help
outcome net : share = back - (if charge = six then (if poor_ride then cost else 40%) else 0)
conclusion better of buses_help: chance(net > 0 if charge = six) > 50% by 5 points
`;

/** Two situations, events over time and a claim that is switched; credences and rates made from a number. */
function generated(seed: number): string {
  const draw = (i: number): number => ((seed * 7919 + i * 104_729) % 997) / 997;
  const share = (i: number): string => `${Math.round(15 + 70 * draw(i))}%`;
  return `case made_${seed} "Made from ${seed}"
time 2020-01 to 2024-01 by 1 quarter
claim a causal "A." { credence ${share(1)} }
claim b causal "B." { credence ${share(2)} }
view other "Other" { a ${share(3)} b ${share(4)} }
actor x "X"
choice do by x = this | that
unknown base : percent/year ~ 5 to ${Math.round(15 + 15 * draw(5))} judged
event fall rate base * (if do = that then 1.2 else 1) * (if a then 1.6 else 1) * (if b and do = that then 1.3 else 1)
outcome fell = happened(fall)
conclusion more of b: chance(fell if do = that) > chance(fell if do = this) by 4 points
evidence stood by 2023-01: not happened(fall) if do = this from "made up"
`;
}

interface Told {
  readonly margin: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly worlds: number;
}

function digits({ margin, se, low, high, worlds }: Told): Told {
  return { margin, se, low, high, worlds };
}

describe.skipIf(isMissing).each([
  ["fair", fair, "better"],
  ["made_4", generated(4), "more"],
])("%s", (name, text, conclusion) => {
  let browser: Browser;
  let site: { readonly address: string; readonly close: () => void };
  let place: string;
  let right: Told & { readonly verdict: string };
  let hash: string;

  const casus = async (...words: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await command(...words);
    expect(status, stderr).toBe(0);
    return stdout;
  };

  beforeAll(async () => {
    buildPage();
    place = mkdtempSync(join(tmpdir(), "casus-one-page-"));
    mkdirSync(join(place, name));
    writeFileSync(join(place, name, `${name}.casus`), text);
    const run = JSON.parse(await casus("run", join(place, name), "--json"));
    [right] = run.conclusions;
    hash = run.provenance.hash;
    await casus("publish", join(place, name), "--out", join(place, "site"));
    site = await host(join(place, "site"));
    browser = await openBrowser();
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    if (place !== undefined) rmSync(place, { recursive: true, force: true });
  });

  async function open(query: string): Promise<Page> {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const complaints = complaintsOf(page);
    await page.goto(`${site.address}${query}`);
    await page.waitForSelector("[data-answer]");
    expect(complaints).toEqual([]);
    return page;
  }

  const shownOn = async (page: Page): Promise<unknown> =>
    JSON.parse((await page.locator("[data-answer]").first().getAttribute("data-answer")) ?? "null");

  it("the page and its embed show the command's figure, and name its hash", async () => {
    const page = await open("");
    expect(await shownOn(page)).toEqual(digits(right));
    expect(await page.content()).toContain(hash.slice(0, 16));
    const embed = await open("?embed=gap");
    expect(await shownOn(embed)).toEqual(digits(right));
    await page.close();
    await embed.close();
  });

  it("and so it is when the page runs its own text again, unchanged", async () => {
    const page = await open("?workbench");
    await page.getByRole("button", { name: "Edit the case" }).click();
    await page.waitForFunction(() => document.querySelector(".editor-said")?.textContent?.includes("It reads"));
    await page.getByRole("button", { name: "Run it" }).click();
    await page.waitForFunction(
      (worlds) =>
        (document.querySelector("[data-answer]")?.getAttribute("data-answer") ?? "").includes(`"worlds":${worlds}`),
      right.worlds,
    );
    expect(await shownOn(page)).toEqual(digits(right));
    await page.close();
  });

  it("explain, flip and report print it too, and learn before anything is seen", async () => {
    const of = async (verb: string, ...more: readonly string[]): Promise<ReturnType<typeof JSON.parse>> =>
      JSON.parse(await casus(verb, join(place, name), ...more, "--json"));
    const view = "case";
    const named = (d: { readonly view: string }): boolean => d.view === view;
    expect(digits((await of("explain", conclusion)).views.find(named).all)).toEqual(digits(right));
    expect(digits((await of("flip", conclusion)).views.find(named).now)).toEqual(digits(right));
    expect(digits((await of("report")).conclusions.find(named))).toEqual(digits(right));
    if (name === "fair") return;
    const { prior, posterior } = (await of("learn", "--until", "2021-01")).views.find(named).conclusions[0];
    expect(digits(prior)).toEqual(digits(right));
    expect([posterior.margin, posterior.se, posterior.verdict]).toEqual([right.margin, right.se, right.verdict]);
  }, 600_000);
});
