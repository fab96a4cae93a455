/** A whole journey by keyboard alone, in a real browser: what has the focus is seen at every stop, and nothing needs a pointer. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser, Page } from "playwright-core";
import { browserPath, complaintsOf, openBrowser } from "./browser.ts";
import { buildPage, host, publish, root, type Published } from "./published.ts";

const isMissing = browserPath() === null;
if (isMissing && process.env["CI"]) throw new Error("the page's tests need Chromium");

const text = `case road "Is the road safe?" { note "A case for tests." }
time 2022-01 to 2024-01 by month
claim hunted causal "Somebody hunts on this road." { credence 40%  note "A note that opens." }
claim unlit causal "In the dark it is worse." { credence 50% }
unknown base : share/year "How often it happens anyway" ~ 5 percent/year to 20 percent/year  judged
event attack "An attack comes" rate
    base
  + 200 percent/year  because hunted
  + 15 percent/year  because unlit
outcome attacked "An attack has come" = happened(attack)  always shown
view trusting "Those who trust the road" { hunted 5%  unlit 30% }
conclusion it_matters "An attack comes in more than half of runs" of hunted: chance(attacked) > 50%
`;

/** Stops of the tab key before a journey is held to be lost. */
const farthest = 80;

interface Focus {
  readonly id: string;
  /** Its words, or the name it goes by. */
  readonly words: string;
  readonly tag: string;
  /** An outline is drawn around it, or around the label it stands in. */
  readonly isOutlined: boolean;
  /** It, or its label, stands in the window with nothing over it. */
  readonly isUncovered: boolean;
}

async function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const at = document.activeElement ?? document.body;
    const seen = at.closest("label.button, .passage-drop label") ?? at;
    const style = getComputedStyle(seen);
    // An inline link that wraps is seen by its first line.
    const box = seen.getClientRects()[0] ?? seen.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    return {
      id: at.id,
      words: (at.getAttribute("aria-label") ?? at.textContent).trim(),
      tag: at.tagName.toLowerCase(),
      isOutlined: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0,
      isUncovered: top !== null && (seen.contains(top) || top.contains(seen)),
    };
  });
}

/** Goes on with the tab key, backwards with `Shift+Tab`, until what is sought has the focus; every stop on the way must be seen. */
async function goTo(page: Page, key: "Tab" | "Shift+Tab", isIt: (f: Focus) => boolean, what: string): Promise<Focus> {
  const stops: string[] = [];
  for (let i = 0; i < farthest; i++) {
    await page.keyboard.press(key);
    const focus = await focusOf(page);
    const named = `${focus.tag} #${focus.id} “${focus.words.slice(0, 40)}”`;
    stops.push(named);
    if (focus.tag === "body") continue;
    expect(focus, named).toMatchObject({ isOutlined: true, isUncovered: true });
    if (isIt(focus)) return focus;
  }
  throw new Error(`no stop at ${what}:\n${stops.join("\n")}`);
}

const button =
  (words: string) =>
  (f: Focus): boolean =>
    f.tag === "button" && f.words === words;

describe.skipIf(isMissing)("by keyboard alone", () => {
  let browser: Browser;
  let published: Published;
  let site: { readonly address: string; readonly close: () => void };
  let place: string;

  beforeAll(async () => {
    buildPage();
    place = mkdtempSync(join(tmpdir(), "casus-keyboard-"));
    mkdirSync(join(place, "road"));
    writeFileSync(join(place, "road/road.casus"), text);
    published = publish(relative(root, join(place, "road")), 256, "single");
    site = await host(published.folder);
    browser = await openBrowser();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
    published?.remove();
    if (place !== undefined) rmSync(place, { recursive: true, force: true });
  });

  async function open(address: string): Promise<[Page, string[]]> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const complaints = complaintsOf(page);
    await page.goto(address);
    await page.waitForSelector("h1");
    await rested(page);
    return [page, complaints];
  }

  async function rested(page: Page): Promise<void> {
    await page.waitForFunction(
      () => document.querySelector(".running") === null && document.querySelector(".stale") === null,
    );
  }

  const row = (page: Page, label: string) => page.locator(".view-rows tr", { hasText: label });
  const box = (page: Page): Promise<string> => page.inputValue("#box-hunted-0");
  const verdict = (page: Page): Promise<string | null> => page.textContent(".lead .verdict");

  it("goes from the first link to an address that is shared, and back to where it began", async () => {
    const [page, complaints] = await open(site.address);
    await page.evaluate(() => {
      (window as unknown as { live: Element | null }).live = document.querySelector(".lead-sentence");
    });
    const sentence = async (): Promise<string> => (await page.textContent(".lead-sentence")) ?? "";

    // The skip link is seen as it is focused, and leads past the readings to the claims.
    await goTo(page, "Tab", (f) => f.words === "Skip to the claims", "the skip link");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("#claims") !== null)).toBe(true);

    // A reading is chosen: its button stays focused and pressed, its credences stand on the sliders.
    const first = await sentence();
    await goTo(page, "Shift+Tab", button("Those who trust the road"), "the second reading");
    await page.keyboard.press("Space");
    await rested(page);
    expect((await focusOf(page)).words).toBe("Those who trust the road");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-pressed"))).toBe("true");
    expect(await box(page)).toBe("5");
    expect(await verdict(page)).toContain("fails");
    const trusting = await sentence();
    expect(trusting).not.toBe(first);
    expect(await row(page, "Yours").count()).toBe(0);

    // Arrows move a slider point by point, and what it says of itself goes with it.
    await goTo(page, "Tab", (f) => f.id === "slide-hunted-0", "the slider");
    for (const key of ["ArrowRight", "ArrowUp", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
    expect(await page.getAttribute("#slide-hunted-0", "aria-valuetext")).toBe("7 in 100");
    expect(await box(page)).toBe("7");
    expect(await row(page, "Yours").count()).toBe(1);

    // A number is typed: the slider follows, the verdict turns, and the region that tells it aloud is the one that was there.
    expect((await goTo(page, "Tab", (f) => f.id === "box-hunted-0", "the number box")).tag).toBe("input");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("90.5");
    await page.keyboard.press("Enter");
    await rested(page);
    expect((await focusOf(page)).id).toBe("box-hunted-0");
    expect(await page.getAttribute("#slide-hunted-0", "aria-valuetext")).toBe("90.5 in 100");
    expect(await verdict(page)).toContain("holds");
    const typed = await sentence();
    expect(typed).toContain("with your settings");
    expect(typed).not.toBe(trusting);
    expect(
      await page.evaluate(() => {
        const live = document.querySelector(".lead-sentence");
        return (window as unknown as { live: Element | null }).live === live ? live?.getAttribute("aria-live") : "lost";
      }),
    ).toBe("polite");

    // What was typed is pinned, and stays beside what is moved after it.
    await goTo(page, "Shift+Tab", button("Pin to compare"), "the pin");
    await page.keyboard.press("Enter");
    expect(await focusOf(page)).toMatchObject({ words: "Unpin", isOutlined: true });
    await row(page, "Pinned").locator(".dumbbell").waitFor();
    await goTo(page, "Tab", (f) => f.id === "slide-hunted-0", "the slider again");
    await page.keyboard.press("Home");
    await rested(page);
    expect(await box(page)).toBe("0");
    expect(await verdict(page)).toContain("fails");
    expect(await row(page, "Pinned").textContent()).toContain("holds");
    expect(await row(page, "Yours").textContent()).toContain("fails");

    // What opens on request opens by Enter, shuts by Space, and is filled when it is open.
    await goTo(page, "Tab", (f) => f.words === "Notes and sources", "the notes");
    expect(await page.getByText("A note that opens.").isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    expect(await page.getByText("A note that opens.").isVisible()).toBe(true);
    await page.keyboard.press("Space");
    expect(await page.getByText("A note that opens.").isVisible()).toBe(false);
    await goTo(page, "Tab", (f) => f.words.startsWith("Every outcome"), "the panel of outcomes");
    await page.keyboard.press("Enter");
    await page.locator("th[data-bits]").first().waitFor();
    expect((await focusOf(page)).words).toContain("Every outcome");
    await rested(page);

    // One step is undone: the pinned number is back on the slider.
    await goTo(page, "Shift+Tab", button("Undo"), "undo");
    await page.keyboard.press("Enter");
    await rested(page);
    expect(await box(page)).toBe("90.5");
    expect(await verdict(page)).toContain("holds");
    expect((await focusOf(page)).words).toBe("Undo");

    // The address carries all of it to another reader.
    await goTo(page, "Tab", button("Share"), "share");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".bar-said")?.textContent?.includes("your settings"));
    expect(await page.getAttribute(".bar-said", "role")).toBe("status");
    const [other] = await open(page.url());
    expect(await box(other)).toBe("90.5");
    expect(await other.textContent(".lead-sentence")).toBe(await sentence());
    expect(await row(other, "Pinned").count()).toBe(1);
    await other.close();

    // Reset leads back to the reading; the keyboard goes on from there, not from the top of the page.
    await goTo(page, "Shift+Tab", button("Reset"), "reset");
    await page.keyboard.press("Enter");
    await rested(page);
    expect(await box(page)).toBe("5");
    expect(await row(page, "Yours").count()).toBe(0);
    expect(await sentence()).toBe(trusting);
    await page.keyboard.press("Tab");
    expect((await focusOf(page)).words).toBe("Unpin");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("sets a claim back, and a number that is none: the number before stands again", async () => {
    const [page, complaints] = await open(site.address);
    await goTo(page, "Tab", (f) => f.id === "box-hunted-0", "the number box");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("140");
    await page.keyboard.press("Enter");
    expect(await box(page)).toBe("40");
    expect(await row(page, "Yours").count()).toBe(0);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("60");
    await page.keyboard.press("Enter");
    expect(await row(page, "Yours").count()).toBe(1);
    await goTo(page, "Tab", button("Set hunted back"), "the way back");
    await page.keyboard.press("Enter");
    expect(await box(page)).toBe("40");
    expect(await row(page, "Yours").count()).toBe(0);
    // The button is gone; the next stop is the next claim's.
    await page.keyboard.press("Tab");
    expect((await focusOf(page)).words).toBe("Notes and sources");
    expect(complaints).toEqual([]);
    await page.close();
  });
});
