// A terminal's output on standard input (with its colours), an SVG picture of it on standard output.
// Usage: npm run --silent start:text -- --color | node docs/pictures/terminal-to-svg.mjs 26 > docs/pictures/run.svg
// The number cuts it to so many lines, and says how many are left.
import { readFileSync } from "node:fs";

/** SGR colours, as classes: light and dark are the style's business. */
const colours = { 31: "bad", 32: "good", 33: "unsure", 34: "blue", 35: "violet", 36: "even", 90: "faint" };
/** Pixels of a letter of fixed type at 13 pixels: six tenths of its size, as such type has. */
const columnWidth = 7.8;
const lineHeight = 18;
const margin = 20;

const all = readFileSync(0, "utf8").replace(/\n+$/, "").split("\n");
const most = Number(process.argv[2] ?? all.length);
const lines = all.length <= most ? all : [...all.slice(0, most), `  … and ${all.length - most} lines more`];
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** One line as runs of text of one style. */
function runs(line) {
  const parts = [];
  let style = { bold: false, dim: false, colour: "" };
  let from = 0;
  // eslint-disable-next-line no-control-regex
  for (const match of [...line.matchAll(/\u001b\[([\d;]*)m/g), null]) {
    const text = line.slice(from, match?.index ?? line.length);
    if (text !== "") parts.push({ text, ...style });
    if (match === null) break;
    from = match.index + match[0].length;
    for (const code of match[1].split(";").map(Number)) {
      if (code === 0) style = { bold: false, dim: false, colour: "" };
      else if (code === 1) style = { ...style, bold: true };
      else if (code === 2) style = { ...style, dim: true };
      else if (code === 22) style = { ...style, bold: false, dim: false };
      else if (code === 39) style = { ...style, colour: "" };
      else if (colours[code]) style = { ...style, colour: colours[code] };
    }
  }
  return parts;
}

const rows = lines.map(runs);
const columns = Math.max(...rows.map((row) => row.reduce((n, run) => n + run.text.length, 0)));
const width = Math.ceil(columns * columnWidth + 2 * margin);
const height = lines.length * lineHeight + 2 * margin;
const body = rows
  .map((row, i) => {
    let column = 0;
    return row
      .flatMap(({ text, bold, dim, colour }) => {
        const from = column;
        column += text.length;
        const name = colour !== "" ? colour : dim ? "faint" : "";
        const style = `${bold ? ' font-weight="700"' : ""}${name === "" ? "" : ` class="${name}"`}`;
        // A word at its column and as wide as its letters are many, in whatever fixed type there is: spaces are not stretched.
        return [...text.matchAll(/\S+/g)].map(([word], k, all) => {
          const x = (margin + (from + all[k].index) * columnWidth).toFixed(1);
          const wide = (word.length * columnWidth).toFixed(1);
          const fit = word.length === 1 ? "" : ` textLength="${wide}" lengthAdjust="spacingAndGlyphs"`;
          return `<text x="${x}" y="${margin + (i + 0.75) * lineHeight}"${fit}${style}>${escape(word)}</text>`;
        });
      })
      .join("");
  })
  .filter((line) => line !== "")
  .join("\n");

process.stdout
  .write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="What the first command prints">
<style>
  .page { fill: #fbfaf7; stroke: #d8d4c8; } g { fill: #1f2328; } .bad { fill: #b3261e; } .good { fill: #1a6b2b; } .unsure { fill: #835500; } .even, .blue { fill: #0b5a6f; } .violet { fill: #6f42c1; } .faint { fill: #656d76; }
  @media (prefers-color-scheme: dark) { .page { fill: #0d1117; stroke: #30363d; } g { fill: #e6edf3; } .bad { fill: #ff7b72; } .good { fill: #7ee787; } .unsure { fill: #e3b341; } .even, .blue { fill: #79c0ff; } .violet { fill: #d2a8ff; } .faint { fill: #8b949e; } }
</style>
<rect class="page" width="${width}" height="${height}" rx="8"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">
${body}
</g>
</svg>
`);
