/** Every chart at every width: nothing clipped, nothing over anything, a snapshot named as the function, hostile words harmless. */

import { describe, expect, it } from "vitest";
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

  it("has its figures in a table", () => {
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });
});
