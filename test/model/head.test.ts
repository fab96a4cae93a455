/** The head of a case: who answers for it, where readers may answer, and what was put right. */

import { describe, expect, it } from "vitest";
import { format } from "#language/formatter.ts";
import { isReplyAddress } from "#text/link.ts";
import { checked, checkText } from "./checked.ts";

const text = `case c "Does it?" {
  modeller "An example"
  correction 2024-03 "First."
  correction 2026-11-02 "The rate was a month's; it is a year's now."
  reply to "mailto:editor@example.org"
  correction 2025-01-09 "Second."
}
outcome x = true
`;

describe("the head of a case", () => {
  it("keeps corrections, the newest first, and the address for replies", () => {
    const model = checked(text);
    expect(model.reply).toBe("mailto:editor@example.org");
    expect(model.corrections).toEqual([
      { date: "2026-11-02", text: "The rate was a month's; it is a year's now." },
      { date: "2025-01-09", text: "Second." },
      { date: "2024-03-01", text: "First." },
    ]);
  });

  it("has neither unless it says so", () => {
    const model = checked('case c "Does it?"\noutcome x = true');
    expect([model.reply, model.corrections]).toEqual([null, []]);
  });

  it("is laid out and read as the same", () => {
    const squeezed = text.replaceAll("\n  ", "\n");
    const tidy = format({ name: "t.casus", text: squeezed });
    expect(tidy).toBe(text);
    expect(checked(tidy).corrections).toEqual(checked(text).corrections);
  });

  it("refuses a date that is none", () => {
    const { found } = checkText('case c "Does it?" { correction 2024-02-31 "Never." }\noutcome x = true');
    expect(found.map((d) => d.code)).toEqual(["no-such-day"]);
  });

  it.each([
    ["https://example.org/reply?case=c", true],
    ["mailto:a@example.org?subject=c", true],
    ["http://example.org", false],
    ["https://", false],
    ["mailto:", false],
    ["a@example.org", false],
    ["javascript:alert(1)//https://", false],
    ["https://example.org/ x", false],
    ["#top", false],
  ])("takes %s for an address: %s", (address, is) => {
    expect(isReplyAddress(address)).toBe(is);
  });
});
