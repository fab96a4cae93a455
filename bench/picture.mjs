/** Points in; a small SVG with both axes in powers of ten out. */

const [width, height, left, bottom, top, right] = [420, 260, 64, 44, 30, 16];

export function picture(title, xName, yName, series) {
  const all = series.flatMap((s) => s.points);
  const range = (values) => {
    const logs = values.map((v) => Math.log10(v));
    return [Math.floor(Math.min(...logs)), Math.max(Math.ceil(Math.max(...logs)), Math.floor(Math.min(...logs)) + 1)];
  };
  const [x0, x1] = range(all.map(([x]) => x));
  const [y0, y1] = range(all.map(([, y]) => y));
  const px = (x) => left + ((Math.log10(x) - x0) / (x1 - x0)) * (width - left - right);
  const py = (y) => height - bottom - ((Math.log10(y) - y0) / (y1 - y0)) * (height - bottom - top);
  const text = (x, y, what, anchor = "middle", more = "") =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}"${more}>${what}</text>`;
  const lines = [];
  for (let k = x0; k <= x1; k++) {
    const x = px(10 ** k);
    lines.push(
      `<path class="grid" d="M${x.toFixed(1)} ${top}V${height - bottom}"/>`,
      text(x, height - bottom + 16, number(k)),
    );
  }
  for (let k = y0; k <= y1; k++) {
    const y = py(10 ** k);
    lines.push(
      `<path class="grid" d="M${left} ${y.toFixed(1)}H${width - right}"/>`,
      text(left - 6, y + 4, number(k), "end"),
    );
  }
  series.forEach(({ name, points }, i) => {
    const d = points.map(([x, y], k) => `${k === 0 ? "M" : "L"}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join("");
    lines.push(`<path class="line s${i}" d="${d}"/>`);
    for (const [x, y] of points)
      lines.push(`<circle class="s${i}" cx="${px(x).toFixed(1)}" cy="${py(y).toFixed(1)}" r="2.5"/>`);
    const [x, y] = points.at(-1);
    if (series.length > 1) lines.push(text(Math.min(px(x), width - right), py(y) - 8, name, "end", ` class="s${i}"`));
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<style>text{font:11px sans-serif;fill:#333}.grid{stroke:#ddd;fill:none}.line{fill:none;stroke-width:1.8}.line.s0{stroke:#1b5e8a}.line.s1{stroke:#b4552d}circle.s0{fill:#1b5e8a}circle.s1{fill:#b4552d}text.s0{fill:#1b5e8a}text.s1{fill:#b4552d}svg{background:#fff}</style>
<rect width="100%" height="100%" fill="#fff"/>
${text(left, 18, title, "start", ' font-weight="600"')}
${text((left + width - right) / 2, height - 8, xName)}
${text(14, (top + height - bottom) / 2, yName, "middle", ` transform="rotate(-90 14 ${((top + height - bottom) / 2).toFixed(1)})"`)}
${lines.join("\n")}
</svg>
`;
}

function number(k) {
  if (k === 0) return "1";
  if (k > 0 && k < 4) return String(10 ** k);
  return `10<tspan dy="-4" font-size="8">${k}</tspan>`;
}
