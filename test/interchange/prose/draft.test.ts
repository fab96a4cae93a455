/** The draft made of a text: how much of it is right against labels made by hand, what is never in it, and what it makes of hostile texts. */

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { run, read } from "#casus.ts";
import { findActingNames } from "#interchange/prose/acting-names.ts";
import { findAssertions, readSentence } from "#interchange/prose/assertions.ts";
import { draftFromProse } from "#interchange/prose/draft-prose.ts";
import { readProse } from "#interchange/prose/read-prose.ts";
import { format } from "#language/formatter.ts";
import { readModel } from "#model/check.ts";
import { paragraphs } from "#text/passages.ts";
import { articleLabels, labelledTexts, type LabelledText } from "./labels.ts";

const texts = "test/interchange/prose/texts/";
/** The first case's article lies beside the repository, where it lies at all. */
const articleFile = `../shared/sources/${articleLabels.file}`;

/** Sentences rightly drafted, wrongly drafted, wrongly left out; of the first, those of a right kind. */
function measure(label: LabelledText, file: string) {
  const document = { name: label.file, text: readFileSync(file, "utf8") };
  const { assertions } = findAssertions(document);
  const split = paragraphs(document);
  const count = { right: 0, wrong: 0, missed: 0, kind: 0, labelled: 0 };
  for (const [paragraph, row] of Object.entries(label.labels)) {
    const labels = row.trim().split(/\s+/);
    // Where a sentence were split otherwise than by hand, all labels after it would be off.
    expect(split[Number(paragraph)]?.sentences.length, `${label.title} p${paragraph}`).toBe(labels.length);
    for (const [i, wanted] of labels.entries()) {
      const made = assertions.find((a) => a.paragraph === Number(paragraph) && a.sentence === i + 1);
      const kinds = wanted.replaceAll("comparison", "premise").split("|");
      count.labelled++;
      if (wanted === "-") count.wrong += made === undefined ? 0 : 1;
      else if (made === undefined) count.missed++;
      else {
        count.right++;
        if (made.kinds.some((k) => kinds.includes(k))) count.kind++;
      }
    }
  }
  return count;
}

describe("what a draft is made of", () => {
  it("is what docs/authoring.md says, on three texts that were labelled before a cue was written", () => {
    const guide = readFileSync("docs/authoring.md", "utf8");
    const all = labelledTexts.map((t) => ({ title: t.title, ...measure(t, texts + t.file) }));
    for (const m of all)
      expect(guide).toContain(
        `| ${m.title} | ${m.labelled} | ${share(m.right, m.right + m.wrong)} | ${share(m.right, m.right + m.missed)} | ${share(m.kind, m.right)} |`,
      );
    const sum = (key: "right" | "wrong" | "missed") => all.reduce((total, m) => total + m[key], 0);
    // Drafting every sentence would be right in 99 of 137.
    expect(sum("right") / (sum("right") + sum("wrong"))).toBeGreaterThan(0.8);
    expect(sum("right") / (sum("right") + sum("missed"))).toBeGreaterThan(0.9);
  });

  it.skipIf(!existsSync(articleFile))("finds the claims of the first case in its article", () => {
    expect(measure(articleLabels, articleFile)).toEqual({ labelled: 28, right: 22, wrong: 0, missed: 1, kind: 22 });
  });

  it.each([
    ["The council must cut its rates.", ["prescription"], false],
    ["Prices rose because wages had risen.", ["causal"], false],
    ["The strike may well lead to shortages.", ["causal"], true],
    ["He does not want to win the next election.", ["motive", "denial"], false],
    ["Sales are going to fall within months.", ["prediction"], false],
    ["In 1929 the market collapsed.", ["historical"], false],
    ["The ferry takes the lorries off the bridge.", ["causal"], false],
    ["A crossing costs forty pounds.", ["premise"], false],
    ["The owner sold the second ship.", ["historical"], false],
    ["The tolls are meant to be bargained away.", ["motive"], false],
  ] as const)("%s", (text, kinds, isHedged) => {
    expect(readSentence(text)).toMatchObject({ kinds, isHedged });
  });

  it.each([
    ["The sceptics say that nobody will pay.", "sceptics"],
    ["Many will object to it and say no.", "Many"],
    ["Defenders of the old toll warn that the bridge will crumble.", "Defenders of the old toll"],
    ["It is often said that tolls are unfair.", "others"],
    ["Some fear that the ferry is too slow.", "Some"],
    ["The council says that the bridge will crumble.", null],
    ["Who says that the sceptics believe it?", null],
  ] as const)("hears who speaks in: %s", (text, voice) => {
    const read = readSentence(text);
    expect(typeof read === "string" ? null : read.voice).toBe(voice);
  });

  it("leaves out questions, titles and what shows nothing, each with its reason", () => {
    const text = "A title\n\nWhy now? Blue skies over here. Hello there.";
    expect(findAssertions({ name: "t", text }).left.map((l) => l.why)).toEqual([
      "a title",
      "too short",
      "no words that show a claim",
      "too short",
    ]);
    expect(readSentence("Who will pay for all of this?")).toBe("a question");
  });

  it("names who chooses, with a clause between, and not who only objects", () => {
    const text =
      "The port that fears a strike has offered a bonus. The unions' leaders wait. If the shippers refuse it, prices rise. The critics demand more. The hull broke the ice.";
    expect(findActingNames({ name: "t", text }).map((a) => a.name)).toEqual(["port", "shippers"]);
  });

  it("names those who act, not those who open a sentence", () => {
    const text =
      "However, Acme Ltd has cut prices. They will lose. Drivers should wait. Acme Ltd will regret it. The council must act.";
    expect(findActingNames({ name: "t", text }).map((a) => a.name)).toEqual(["Drivers", "Acme Ltd", "council"]);
  });
});

/** As a whole number of per cent. */
function share(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}

describe("a drafted case", () => {
  const files = labelledTexts.map((t) => [t.title, readFileSync(texts + t.file, "utf8")] as const);

  it.each(files)("checks, is tidy, and holds no sentence of its text: %s", (_, text) => {
    const draft = draftFromProse("drafted", { name: "text.txt", text });
    expect(() => read(draft.text)).not.toThrow();
    expect(format({ name: "x.casus", text: draft.text })).toBe(draft.text);
    const words = (t: string) => t.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
    const body = paragraphs({ name: "t", text })
      .slice(1)
      .map((p) => p.text);
    const runs = new Set(body.flatMap((p) => words(p).map((_word, i, all) => all.slice(i, i + 6).join(" "))));
    const own = words(draft.text);
    expect(
      own.map((_word, i) => own.slice(i, i + 6).join(" ")).filter((r) => r.split(" ").length === 6 && runs.has(r)),
    ).toEqual([]);
  });

  it("has what the text reports of others on their side, pushing the other way", () => {
    const text =
      "Open the bridge\n\nThe town should open the bridge. It saves the lorries an hour. Sceptics say that the bridge will crumble. Some fear the noise.";
    const draft = draftFromProse("drafted", { name: "text.txt", text });
    const [model] = readModel([{ name: "drafted.casus", text: draft.text }]);
    if (model === null) throw new Error("the draft does not check");
    expect(model.claims.filter((c) => c.side === "rival").map((c) => c.name)).toEqual(["p1s3", "p1s4", "rival_effect"]);
    expect(model.views.map((v) => v.label)).toEqual([
      "The writer, as the text reads",
      "Sceptics, as the text reports them",
    ]);
    expect(model.terms.filter((t) => t.sign === "-").map((t) => t.claims)).toEqual([
      ["p1s3"],
      ["p1s4"],
      ["rival_effect"],
    ]);
    expect(draft.passages).toContain("of Sceptics");
  });

  it("is made of the sentences that somebody picks, those that show nothing too", () => {
    const text = "On lamps\n\nThe square is dark. Light keeps thieves away. Buy one. Blue skies over here.";
    const file = { name: "text.txt", text };
    const all = draftFromProse("drafted", file);
    expect(all.sentences.map((s) => [s.place, s.isDrafted])).toEqual([
      ["p0 s1", false],
      ["p1 s1", false],
      ["p1 s2", true],
      ["p1 s3", false],
      ["p1 s4", false],
    ]);
    const picked = draftFromProse("drafted", file, new Set(["p1 s1", "p1 s4"]));
    const [model] = readModel([{ name: "drafted.casus", text: picked.text }]);
    expect(model?.claims.filter((c) => c.side === null).map((c) => c.name)).toEqual(["p1s1", "p1s4"]);
    expect(picked.sentences.map((s) => s.note)).toEqual([
      "left out: not chosen",
      "causal",
      "left out: not chosen",
      "left out: not chosen",
      "causal",
    ]);
    expect(picked.copy).toBe(all.copy);
  });

  it("runs, with a verdict", async () => {
    const draft = draftFromProse("drafted", { name: "text.txt", text: files[0]?.[1] ?? "" });
    const { findings } = await run(read(draft.text), { worlds: 128, threads: 1 });
    expect(findings.conclusions).toHaveLength(1);
  });

  it("points each claim at the sentence it is drafted from, in the copy whose hash it has", () => {
    const text = 'Title\r\n\r\nHe said: "Taxes must fall."\r\nThey will.\r\n';
    const draft = draftFromProse("drafted", { name: "text.txt", text: `\uFEFF${text}` });
    expect(draft.copy).toBe(text.replaceAll("\r", ""));
    expect(draft.passages).toContain("**p1 s1**");
    expect(draft.text).toMatch(/at article p1 s1/);
  });
});

describe("texts of every kind", () => {
  const checks = (name: string, text: string) => {
    const draft = draftFromProse("hostile", { name, text });
    expect(() => read(draft.text), name).not.toThrow();
    return draft;
  };

  it("reads a page without its scripts, menus and styles", () => {
    const html = `<!doctype html><html><head><title>x</title><style>p{}</style></head><body><nav><a href="/">Home must go</a></nav>
      <article><h1>A “title” &amp; more</h1><p>Rates <b>must</b> fall<script>alert("p")</script>, they say.</p><p>It will &lt;rain&gt;.<br>Soon.</article><footer>© must</footer>`;
    expect(readProse({ name: "a.html", text: html }).text).toBe(
      "A “title” & more\n\nRates must fall, they say.\n\nIt will <rain>. Soon.\n",
    );
    expect(checks("a.html", html).assertions.map((a) => [a.paragraph, a.sentence])).toEqual([[1, 1]]);
  });

  it("reads Markdown without its marks, its front matter and its code", () => {
    const text =
      "---\ntags: x\n---\n# The *title*\n\n- [Prices](http://x.example) must fall.\n- They **will**.\n\n```\ncode must\n```\n";
    expect(readProse({ name: "a.md", text }).text).toBe("The title\n\nPrices must fall.\n\nThey will.\n");
  });

  it("takes one paragraph a line where there are no blank lines", () => {
    const long =
      "Prices must fall, and they will fall, because nobody who is asked can pay them any longer, and nobody wants to, as all the figures have shown for years.";
    expect(
      paragraphs({ name: "t", text: readProse({ name: "a.txt", text: `Title\n${long}\n${long}` }).text }),
    ).toHaveLength(3);
  });

  it.each([
    ["Chinese", "标题\n\n价格必须下降。因为工资上涨了。他们会同意吗？"],
    ["French", "Le titre\n\nLes prix doivent baisser. Parce que les salaires ont monté, tout le monde le sait bien."],
    ["Arabic", "العنوان\n\nيجب أن تنخفض الأسعار. لأن الأجور ارتفعت."],
  ])("numbers the sentences of a text in %s, and drafts no claims of it", (_, text) => {
    const draft = checks("t.txt", text);
    expect([draft.isEnglish, draft.assertions.length]).toEqual([false, 0]);
    expect(draft.passages).toContain("**p1 s2**");
  });

  it.each([
    ["an empty file", "", /holds no sentence/],
    ["white space", " \n\t\n", /holds no sentence/],
    ["figures only", "1 2 3.\n\n4.", /holds no sentence/],
    ["zero bytes", "a\0b", /zero byte/],
    ["a picture's bytes", "\u0089PNG\u001A\u0001\u0002\u0003 must \uFFFD\uFFFD\uFFFD", /no text/],
    ["ten million characters", "He must go. ".repeat(900_000), /at most 1000000/],
  ])("refuses %s in a sentence", (_, text, why) => {
    expect(() => draftFromProse("hostile", { name: "t.txt", text })).toThrow(why);
  });

  it.each([
    ["one word", "No"],
    ["quotes and backslashes", 'The "title" \\ of it\n\n"It must \\"fall\\"", he said. {He} // must. "Unclosed.'],
    [
      "a name that is a word of the draft",
      "T\n\nRival will fall. Writer must go. Answer has come. Given has left. Policy will win.",
    ],
    [
      "control characters",
      "T\n\nIt must\u0007 fall, \u202Ehe said to all of them\u202C, and that is why it will not rise again for a year.",
    ],
    ["no full stop", `Title of it\n\n${"they must go because they will fall and ".repeat(2000)}`],
    ["unclosed tags", "<p>It must <b>fall<p>because <i>they say so"],
  ])("drafts a case that checks from %s", (_, text) => {
    for (const name of ["t.txt", "t.html", "t.md"]) expect(() => checks(name, text), name).not.toThrow();
  });
});

describe("a page of the web", () => {
  const text =
    "The council should act, because prices rise. In 2014 they fell by a tenth. It was a good year for all of us, and many said so then. ".repeat(
      2,
    );
  const textOf = (file: string, name = "page.html") => readProse({ name, text: file }).text;

  it("is read without menus, notices and comments, from its heading on", () => {
    const page = `<html><body><div id="cookie-banner">You should accept because we say so.</div><div class="site-nav"><a>Home</a></div><h1>Act now</h1><div class="content has-sidebar"><p>${text}</p></div><div class="comments"><p>Bob is wrong because he is.</p></div><p hidden>Unseen.</p></body></html>`;
    expect(textOf(page)).toBe(`Act now\n\n${text.trim()}\n`);
  });

  it("keeps what only seems to surround a text, where little else is left", () => {
    expect(textOf(`<body><div class="footer"><p>${text}</p></div></body>`)).toBe(`${text.trim()}\n`);
  });

  it("has no figures of tables, and a list item is a paragraph", () => {
    const page = `<h1>T</h1><p>${text}</p><table><tr><th>Year</th><td>2010</td></tr><tr><td>It fell a lot.</td></tr></table><ul><li>One falls.</li><li>Two rise.</li></ul>`;
    expect(textOf(page)).toBe(`T\n\n${text.trim()}\n\nIt fell a lot.\n\nOne falls.\n\nTwo rise.\n`);
  });

  it("has no footnotes, in Markdown", () => {
    expect(textOf(`# T\n\n${text}[^a]\n\n[^a]: Smith, because he says.\n`, "page.md")).toBe(`T\n\n${text.trim()}\n`);
  });
});

describe("a draft", () => {
  it("has the one whom the text advises decide, before those who act more often", () => {
    const text =
      "Stalin wants land. Stalin feared war. Stalin wanted bases. Our town should wait. The money must come soon.";
    expect(findActingNames({ name: "t", text }).map((a) => a.name)).toEqual(["town", "Stalin"]);
  });

  it("holds no more claims than a reader could follow, and checks, of a text as long as a book", () => {
    const text = "The council must act, because the prices of it all are rising.\n\n".repeat(4000);
    const draft = draftFromProse("book", { name: "book.txt", text });
    expect(draft.assertions.length).toBe(200);
    expect(draft.left.filter((l) => l.why === "more claims than a draft holds").length).toBe(3799);
    expect(() => read(draft.text)).not.toThrow();
  });
});
