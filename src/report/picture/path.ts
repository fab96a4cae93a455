/** Writes the path of a line, of a band or of a smooth curve through points, to a tenth of a pixel. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Straight from point to point; empty where there are none. */
export function straight(points: readonly Point[]): string {
  return points.length === 0 ? "" : `M${points.map(at).join("L")}${points.length === 1 ? "Z" : ""}`;
}

/** What lies between two lines: forward along the upper, back along the lower. */
export function between(upper: readonly Point[], lower: readonly Point[]): string {
  return upper.length === 0 ? "" : `M${[...upper, ...lower.toReversed()].map(at).join("L")}Z`;
}

/** A uniform cubic B-spline (de Boor 1978, ch. IX) that begins and ends in the first and the last point, as d3's `curveBasis` draws it. */
export function smooth(points: readonly Point[]): string {
  const [a, b] = points;
  const last = points.at(-1);
  if (a === undefined || b === undefined || last === undefined || points.length < 3) return straight(points);
  const parts = [`M${at(a)}`, `L${at(mean(a, b, 5, 1))}`];
  for (let i = 2; i <= points.length; i++) {
    const [p, q, r] = [points[i - 2] as Point, points[i - 1] as Point, points[i] ?? last];
    const end = { x: (p.x + 4 * q.x + r.x) / 6, y: (p.y + 4 * q.y + r.y) / 6 };
    parts.push(`C${at(mean(p, q, 2, 1))},${at(mean(p, q, 1, 2))},${at(end)}`);
  }
  return `${parts.join("")}L${at(last)}`;
}

function mean(p: Point, q: Point, a: number, b: number): Point {
  return { x: (a * p.x + b * q.x) / (a + b), y: (a * p.y + b * q.y) / (a + b) };
}

function at({ x, y }: Point): string {
  return `${Math.round(10 * x) / 10},${Math.round(10 * y) / 10}`;
}
