/** `casus check --fix`: what can only have been meant one way is put right in the file; the rest is told. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

it("puts right what is sure, leaves a guess alone, and says how much it did", () => {
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
    const done = spawnSync(process.execPath, ["bin/casus.js", "check", file, "--fix"], { encoding: "utf8" });
    expect(done.stderr).toBe("2 fixes taken\n");
    expect(done.status).toBe(0);
    expect(done.stdout).toContain("idle-claim");
    expect(readFileSync(file, "utf8")).toBe(text.replace("“Does it?”", '"Does it?"').replace("60", "60%"));
    const again = spawnSync(process.execPath, ["bin/casus.js", "check", file, "--fix"], { encoding: "utf8" });
    expect(again.stderr).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
