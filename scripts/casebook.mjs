/**
 * Makes the figures in the casebook's prose anew: `npm run casebook` runs every command that a text shows and fills every figure that it marks. `node scripts/casebook.mjs CASE …`
 * does some cases only, `--gallery` the gallery alone, `--check` runs nothing and says whether each text is of its case as it stands. Where forecasts have been laid down beside a case, those that are open are laid down of
 * this version of it, after what has been seen by today.
 *
 * A text marks a command with the fenced block it fills, and a figure of `casus run CASE --all-views` with its conclusion, view and part:
 *
 *     <!--$ casus explain CASE fair | case 0123456789abcdef -->     (the hash is written by this script)
 *     ```text … ```
 *     … the poor gain by <!--= fair author margin -->7.5<!--/=--> points …
 *
 * Parts: verdict, margin, interval, worlds, and figure1, figure2 … in 100 or in their unit. Three words in place of a conclusion's name mark something else:
 *
 *     <!--= verdicts fair close -->          verdicts under that view that stayed too close to call; `count` for all; `readers` for all views that are for readers
 *     <!--= before fair fallen -->           a claim's credence or an outcome's mean before what was seen, as `casus learn CASE --view fair` has it
 *     <!--= after fair fallen -->            and after
 *
 * `figures.json` next to the texts keeps what is behind the marks.
 */

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { factsOf, staleGallery, writeGallery } from "./casebook-gallery.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const casebook = join(root, "casebook");
const blockPattern = /<!--\$ (casus [^|]*?)\s*(?:\| case ([0-9a-f]{16}) )?-->\n```text\n(?:[\s\S]*?\n)??```/g;
const markPattern = /<!--= (\w+) (\w+) (\w+) -->([\s\S]*?)<!--\/=-->/g;

/** The texts of a case that mark anything. */
export function markedTexts(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => ({ name, path: join(folder, name), text: readFileSync(join(folder, name), "utf8") }))
    .filter(({ text }) => text.match(blockPattern) !== null || text.match(markPattern) !== null);
}

function digits(value) {
  const size = Math.abs(value);
  const places = size >= 9.95 ? 0 : size >= 0.995 ? 1 : 2;
  return value.toFixed(places).replace("-", "−");
}

/** What a mark stands for, as a text shows it. `figures`: what is kept in figures.json. */
export function partText(figures, name, view, part) {
  if (name === "verdicts") return verdictCount(figures, view, part);
  if (name === "before" || name === "after") return learntText(figures, name, view, part);
  const found = figures.conclusions.find((c) => c.name === name && c.view === view);
  if (found === undefined) throw new Error(`no conclusion ${name} under ${view}`);
  const figure = /^figure(\d+)$/.exec(part);
  if (figure !== null) {
    const one = found.figures[Number(figure[1]) - 1];
    if (one === undefined) throw new Error(`${name} has no ${part}`);
    return digits(one.statistic === "chance" ? 100 * one.value : one.value);
  }
  switch (part) {
    case "verdict":
      return found.verdict;
    case "margin":
      return digits(found.margin);
    case "interval":
      return `${digits(found.low)} to ${digits(found.high)}`;
    case "worlds":
      return found.worlds.toLocaleString("en");
    default:
      throw new Error(`a figure has no part ${part}`);
  }
}

function verdictCount({ conclusions, readers }, view, part) {
  const views = view === "readers" ? readers : [view];
  const found = conclusions.filter((c) => views.includes(c.view));
  if (found.length === 0) throw new Error(`no verdicts under ${view}`);
  if (part === "count") return `${found.length}`;
  if (part === "close") return `${found.filter((c) => c.verdict === "too close to call").length}`;
  throw new Error(`verdicts have no part ${part}`);
}

function learntText({ learnt }, when, view, name) {
  const found = learnt.find((x) => x.view === view && x.name === name);
  if (found === undefined) throw new Error(`nothing was learnt of ${name} under ${view}`);
  return digits(found.isShare ? 100 * found[when] : found[when]);
}

/** A text with its marks filled. */
export function filled(text, figures) {
  return text.replace(markPattern, (_, name, view, part) => {
    return `<!--= ${name} ${view} ${part} -->${partText(figures, name, view, part)}<!--/=-->`;
  });
}

/** What is wrong with a case's texts, judged without a run: a block or figures of another case than the one that lies there, a mark that says something else. */
export async function staleIn(folder) {
  const { hash, unlaid } = await stateOf(folder);
  const file = join(folder, "figures.json");
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  const stale = unlaid.map((name) => `${frozenName}: forecast ${name} was laid down of another version of the case`);
  const texts = markedTexts(folder).flatMap(({ name, text }) => {
    const wrong = [];
    for (const [, command, of] of text.matchAll(blockPattern))
      if (of !== hash.slice(0, 16)) wrong.push(`${name}: what \`${command}\` says is of another version of the case`);
    if (text.match(markPattern) === null) return wrong;
    if (kept === null) wrong.push(`${name}: its figures were never made`);
    else if (kept.hash !== hash) wrong.push(`${name}: its figures are of another version of the case`);
    else if (filled(text, kept) !== text) wrong.push(`${name}: a figure is not what the case says`);
    return wrong;
  });
  return [...stale, ...texts];
}

function casus(...words) {
  const env = { ...process.env, NO_COLOR: "1", COLUMNS: "100" };
  return execFileSync(process.execPath, [join(root, "bin/casus.js"), ...words], {
    encoding: "utf8",
    env,
    maxBuffer: 1e9,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The case's hash, and its open forecasts that were laid down of another version of it: none where none were ever laid down. */
async function stateOf(folder) {
  const { loadToRun } = await import("../dist/cli/load.js");
  const { frozenBeside } = await import("../dist/cli/frozen.js");
  const { provenanceOf } = await import("../dist/cli/output.js");
  const { staleForecasts } = await import("../dist/internal.js");
  const { model, documents } = loadToRun(folder);
  const { hash } = provenanceOf(model, documents);
  return { hash, unlaid: isLaidDown(folder) ? staleForecasts(model, frozenBeside(folder), hash) : [] };
}

const frozenName = "forecasts.frozen.json";

function isLaidDown(folder) {
  return existsSync(join(folder, frozenName));
}

/** The conclusions under every view, and what each view that a text marks so has learnt. */
async function figuresOf(folder, texts) {
  const { loadToRun } = await import("../dist/cli/load.js");
  const found = JSON.parse(casus("run", folder, "--all-views", "--json"));
  const marks = texts.flatMap(({ text }) => [...text.matchAll(markPattern)]);
  const learners = new Set(marks.filter(([, name]) => name === "before" || name === "after").map(([, , view]) => view));
  const learnt = [...learners].flatMap((view) => {
    const [own] = JSON.parse(casus("learn", folder, "--view", view, "--no-conclusions", "--json")).views;
    if (own.refusal !== null)
      throw new Error(`${view} has learnt nothing: too few simulated runs agree with what was seen`);
    return [
      ...own.claims.map((c) => ({ view, name: c.claim, isShare: true, before: c.prior, after: c.posterior.value })),
      ...own.outcomes.map((o) => ({
        view,
        name: o.outcome,
        isShare: o.truth,
        before: o.prior.value,
        after: o.posterior.value,
      })),
    ];
  });
  return {
    hash: found.provenance.hash,
    seed: found.provenance.seed,
    readers: loadToRun(folder)
      .model.views.filter((v) => v.role === "reader")
      .map((v) => v.name),
    conclusions: found.conclusions.map(({ name, view, verdict, margin, low, high, unit, worlds, figures: all }) => ({
      name,
      view,
      verdict,
      margin,
      low,
      high,
      unit,
      worlds,
      figures: all.map(({ statistic, value, unit: own }) => ({ statistic, value, unit: own })),
    })),
    learnt,
  };
}

async function make(folder) {
  if (isLaidDown(folder)) casus("score", folder, "--all-views", "--freeze");
  const texts = markedTexts(folder);
  if (texts.length === 0) return;
  let figures = null;
  if (texts.some(({ text }) => text.match(markPattern) !== null)) {
    figures = await figuresOf(folder, texts);
    writeFileSync(join(folder, "figures.json"), `${JSON.stringify(figures, null, 1)}\n`);
  }
  for (const { path, text } of texts) {
    const shown = text.replace(blockPattern, (_, command) => {
      const words = command.split(/\s+/).slice(1);
      const output = casus(...words.map((w) => (w === "CASE" ? folder : w))).trimEnd();
      const hash = /sha256\s+([0-9a-f]{16})/.exec(output)?.[1] ?? "";
      return `<!--$ ${command} | case ${hash} -->\n\`\`\`text\n${output}\n\`\`\``;
    });
    writeFileSync(path, figures === null ? shown : filled(shown, figures));
  }
}

/** What the gallery says of a case, on its author's assumptions where it has views: the first that it declares. A verb that has nothing to say of it, or finds something wrong, still says what it found. */
async function gather(name) {
  const folder = join(casebook, name);
  const { loadToRun } = await import("../dist/cli/load.js");
  const { model } = loadToRun(folder);
  const found = (verb, ...more) => JSON.parse(casus(verb, folder, ...more, "--json"));
  const view = model.views.length === 0 ? [] : ["--view", model.views[0].name];
  const score = model.forecasts.length === 0 ? null : found("score");
  const test = model.tests.length === 0 ? null : found("test");
  return factsOf(name, model, found("run", ...view), score, test);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const isCheck = words.includes("--check");
  const names = words.filter((w) => !w.startsWith("--"));
  const folders = (names.length > 0 ? names : readdirSync(casebook)).map((n) => resolve(casebook, n));
  const stale = [];
  for (const folder of folders)
    if (isCheck) stale.push(...(await staleIn(folder)).map((text) => `${folder}/${text}`));
    else if (!words.includes("--gallery")) await make(folder);
  // The gallery is of the casebook's own cases: all of them, or those that were asked for by name.
  const cases = readdirSync(casebook).toSorted();
  const asked = names.length === 0 ? cases : names.filter((n) => cases.includes(n));
  if (isCheck && asked.length > 0) {
    const hashes = {};
    for (const name of asked) hashes[name] = (await stateOf(join(casebook, name))).hash;
    stale.push(...staleGallery(root, hashes));
  } else if (asked.length > 0) {
    const facts = [];
    for (const name of asked)
      try {
        facts.push(await gather(name));
        // Kept as they come: a script that is stopped, however, has not worked for nothing.
        writeGallery(root, cases, facts);
      } catch (error) {
        // What was known of it stays; the others are made all the same.
        process.stderr.write(`casebook/${name}: ${error.message.split("\n")[0]}\n`);
        process.exitCode = 1;
      }
  }
  if (stale.length > 0) {
    process.stderr.write(`${stale.join("\n")}\nnpm run casebook makes them anew\n`);
    process.exitCode = 1;
  }
}
