/** `casus check --fix`: what can only have been meant one way is put right in the file; the rest is told. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { casus } from "./command.ts";

it("puts right what is sure, leaves a guess alone, and says how much it did", async () => {
  const folder = mkdtempSync(join(tmpdir(), "casus-fix-"));
  try {
    const file = join(folder, "c.casus");
    const text = `case c “Does it?” // a question
claim works causal "It works." { credence 60 }
unknown r : share ~ 10% to 30%
outcome x : share = r
conclusion k of works: mean(x) > 5%
`;
    writeFileSync(file, text);
    const done = await casus("check", file, "--fix");
    expect(done.stderr).toBe("2 fixes taken\n");
    expect(done.status).toBe(0);
    expect(done.stdout).toContain("idle-claim");
    expect(readFileSync(file, "utf8")).toBe(text.replace("“Does it?”", '"Does it?"').replace("60", "60%"));
    const again = await casus("check", file, "--fix");
    expect(again.stderr).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
