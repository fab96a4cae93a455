/** What a page ships: the same after being written and read, unable to end the element it stands in. */

import { describe, expect, it } from "vitest";
import { runFindings } from "#analysis/findings/findings.ts";
import { contentPolicy, dataBlock, escaped, pageHtml } from "#report/page/page-html.ts";
import { readPage, writePage, type PageData } from "#report/page/page-data.ts";
import { checked, twoYears } from "../model/checked.ts";
import { quickLab } from "../lab.ts";

const hostile = "</script><img src=x onerror=alert(1)>";

async function someData(): Promise<PageData> {
  const model = checked(
    `${twoYears}claim a causal "${hostile}" { credence 50% }\noutcome x "${hostile}" = a\nconclusion c "${hostile}" of a: chance(x) > 40%`,
  );
  const request = { views: ["case"], seed: 1, worlds: 64, set: {}, vary: [], series: [], budget: 1e9 };
  return {
    schema: "casus/page@1",
    documents: [{ name: "t.casus", text: `// ${hostile} <!-- \u2028` }],
    model,
    diagnostics: [],
    provenance: null,
    seed: 1,
    worlds: 64,
    untilSettled: false,
    records: { tests: [], tables: [] },
    panels: null,
    reply: null,
    lead: null,
    findings: await runFindings(model, request, quickLab()),
  };
}

describe("the data of a page", () => {
  it("reads back as it was, to the last bit, numbers that are none included", async () => {
    const data = await someData();
    expect(readPage(writePage(data))).toEqual(data);
    const odd = { ...data, seed: Number.NaN, worlds: Number.NEGATIVE_INFINITY };
    expect(readPage(writePage(odd))).toEqual(odd);
  });

  it("writes a part that stands twice once", () => {
    const part = { a: "a long text that stands in two places", b: [1, 2, 3] };
    const text = writePage({ documents: [], panels: [part, part, part] } as unknown as PageData);
    expect(text.split("two places")).toHaveLength(2);
  });

  it.each(["{}", '{"parts":[],"page":{}}', '{"parts":3,"page":{}}', "null 1"])("refuses %s", (text) => {
    expect(() => readPage(text)).toThrow(SyntaxError);
  });

  it("cannot end its element or open a comment in it", async () => {
    const data = await someData();
    const text = dataBlock(writePage(data));
    expect(text).not.toMatch(/[<\u2028\u2029]/);
    expect(readPage(text)).toEqual(data);
  });
});

describe("the document", () => {
  const head = {
    title: hostile,
    language: hostile,
    description: `"'&${hostile}`,
    finding: hostile,
    fallback: "",
    image: null,
    connect: "none",
    edition: null,
  } as const;
  const html = pageHtml(head, dataBlock("{}"), { kind: "files", script: "page.js", style: "style.css", type: [] });

  it("holds no markup of the case", () => {
    expect(html).not.toContain("<img");
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).toContain(escaped(hostile));
  });

  it("allows no inline script and nothing from elsewhere", () => {
    const policy = contentPolicy({ kind: "files", script: "page.js", style: "style.css", type: [] }, "none");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|http|\*/);
    const inline = contentPolicy(
      {
        kind: "inline",
        packedScript: "",
        scriptHash: "aGFzaA==",
        loaderHash: "bG9hZA==",
        style: "",
        styleHash: "c3R5bGU=",
      },
      "none",
    );
    expect(inline).toContain("'sha256-aGFzaA=='");
    expect(inline).not.toContain("'self'");
  });
});
