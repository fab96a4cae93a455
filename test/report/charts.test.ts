/** Every chart at every width: nothing clipped, nothing over anything, a snapshot named as the function, hostile words harmless. */

import { describe, expect, it } from "vitest";
import { textOf } from "#report/picture/element.ts";
import { markup } from "#report/picture/markup.ts";
import { standalone } from "#report/picture/picture.ts";
import { charts } from "./chart-list.ts";
import { head } from "./chart-samples.ts";
import { frowns } from "./picture-checks.ts";

describe.each(charts)("$name", ({ name, draw, table, title, subtitle }) => {
  it.each([320, 360, 480, 640, 900, 1200])("has nothing to frown at when %i wide", (width) => {
    const picture = draw(head("c", title, subtitle), width);
    expect(frowns(picture)).toEqual([]);
    expect(picture.width).toBe(width);
  });

  it("is drawn as last time", async () => {
    await expect(standalone(draw(head(name, title, subtitle), 640))).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  it("says what it is: as of when, whose, under which view, no forecast", () => {
    const words = textOf(draw(head(name, title, subtitle), 1200).root);
    for (const part of ["As of Jan 2022", "the Casus project", "View:", "Version 1.0", "seed 1", "Not a forecast"])
      expect(words).toContain(part);
  });

  it("keeps hostile words harmless", () => {
    const text = markup(draw(head("x", `<script>alert(1)</script>"'&`, "]]><svg onload=x>"), 480).root);
    expect(text).not.toMatch(/<script|<svg onload/);
    expect(text.match(/<svg/g)).toHaveLength(1);
  });

  it.skipIf(table === null)("has its figures in a table", () => {
    expect(table?.rows.length).toBeGreaterThan(0);
    for (const row of table?.rows ?? []) expect(row).toHaveLength(table?.columns.length ?? 0);
  });
});
