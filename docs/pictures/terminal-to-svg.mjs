// A terminal's output on standard input (with its colours), an SVG picture of it on standard output.
// Usage: FORCE_COLOR=1 npm start --silent | node docs/pictures/terminal-to-svg.mjs > docs/pictures/run.svg
import { readFileSync } from "node:fs";

const colours = {
  31: "#c0392b",
  32: "#2e7d32",
  33: "#a06a00",
  34: "#2c5aa0",
  35: "#8e44ad",
  36: "#1f7a8c",
  90: "#777777",
};
const columnWidth = 7.82;
const lineHeight = 18;
const margin = 20;

const lines = readFileSync(0, "utf8").replace(/\n+$/, "").split("\n");
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
      .map(({ text, bold, dim, colour }) => {
        const x = (margin + column * columnWidth).toFixed(1);
        column += text.length;
        if (text.trim() === "") return "";
        const fill = colour !== "" ? colour : dim ? "#777777" : "";
        const style = `${bold ? ' font-weight="700"' : ""}${fill === "" ? "" : ` fill="${fill}"`}`;
        return `<text x="${x}" y="${margin + (i + 0.75) * lineHeight}" textLength="${(text.length * columnWidth).toFixed(1)}"${style}>${escape(text)}</text>`;
      })
      .join("");
  })
  .filter((line) => line !== "")
  .join("\n");

process.stdout
  .write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="What the first command prints">
<rect width="${width}" height="${height}" rx="8" fill="#fbfaf7" stroke="#d8d4c8"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#222222" xml:space="preserve">
${body}
</g>
</svg>
`);
