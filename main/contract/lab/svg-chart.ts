/** A line of a chart: points by ascending x, and a band around them if it is a mean. */
export interface SvgLine {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly low?: number; readonly high?: number }[];
  /** Place in the palette; a dash goes with each colour, so colour is never the only sign. */
  readonly style: number;
  /** Thin and pale, behind the others. */
  readonly faint?: boolean;
}

interface SvgChart {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly lines: readonly SvgLine[];
  /** A number beside an axis. */
  readonly text: (value: number) => string;
}

/** Okabe–Ito, for white paper. */
const colours = ['#0072B2', '#C25400', '#00805C', '#A8477E', '#B07A00', '#3C7FB0', '#5C5C5C'];
const dashes = ['', '7 3', '2 3', '10 3 2 3', '4 2', '12 4', '1 2'];
const size = { width: 760, height: 340 };
const area = { left: 62, right: 12, top: 12, bottom: 46 };

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const colourOf = (style: number): string => colours[style % colours.length];
const dashOf = (style: number): string => dashes[(style + Math.floor(style / colours.length)) % dashes.length];

/** Round values within a range, about `count` of them. */
function ticksOf(min: number, max: number, count: number): number[] {
  const rough = (max - min) / count;
  if (!(rough > 0) || !Number.isFinite(rough)) return [min];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

function rangeOf(values: readonly number[], margin: number): { min: number; max: number } {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { min: 0, max: 1 };
  const [min, max] = [Math.min(...finite), Math.max(...finite)];
  const room = max > min ? margin * (max - min) : Math.max(1e-6, Math.abs(max) / 10);
  return { min: min - room, max: max + room };
}

/** Lines with axes as an SVG element that needs nothing else: no script, no style sheet, no font. */
export function svgChart({ title, xTitle, yTitle, lines, text }: SvgChart): string {
  const all = lines.flatMap(({ points }) => points);
  const x = rangeOf(
    all.map((point) => point.x),
    0,
  );
  const y = rangeOf(
    all.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]),
    0.04,
  );
  const width = size.width - area.left - area.right;
  const height = size.height - area.top - area.bottom;
  const px = (value: number): string => (area.left + ((value - x.min) / (x.max - x.min)) * width).toFixed(1);
  const py = (value: number): string => (area.top + (1 - (value - y.min) / (y.max - y.min)) * height).toFixed(1);
  const bottom = area.top + height;
  const grid = ticksOf(y.min, y.max, 6).map(
    (value) =>
      `<line x1="${area.left}" x2="${area.left + width}" y1="${py(value)}" y2="${py(value)}" stroke="#ddd"/>` +
      `<text x="${area.left - 6}" y="${py(value)}" text-anchor="end" dominant-baseline="middle">${escapeXml(text(value))}</text>`,
  );
  const along = ticksOf(x.min, x.max, 7).map(
    (value) => `<text x="${px(value)}" y="${bottom + 16}" text-anchor="middle">${escapeXml(text(value))}</text>`,
  );
  const bands = lines.flatMap(({ points, style }) => {
    const banded = points.filter(({ low, high }) => low !== undefined && high !== undefined && high > low);
    if (banded.length === 0) return [];
    const upper = points.map((point) => `${px(point.x)},${py(point.high ?? point.y)}`);
    const lower = points.map((point) => `${px(point.x)},${py(point.low ?? point.y)}`).reverse();
    return [`<polygon points="${[...upper, ...lower].join(' ')}" fill="${colourOf(style)}" fill-opacity="0.15"/>`];
  });
  const drawn = [...lines]
    .sort((a, b) => Number(b.faint ?? false) - Number(a.faint ?? false))
    .map((line) => {
      const shown = line.points.filter((point) => Number.isFinite(point.y));
      const look = `fill="none" stroke="${colourOf(line.style)}" stroke-width="${line.faint ? 0.7 : 1.8}"`;
      const pale = line.faint ? ' stroke-opacity="0.35"' : '';
      const dash =
        !line.faint && lines.length > 1 && dashOf(line.style) !== '' ? ` stroke-dasharray="${dashOf(line.style)}"` : '';
      const path = shown.map((point) => `${px(point.x)},${py(point.y)}`).join(' ');
      const [only] = shown;
      if (shown.length === 1)
        return `<circle cx="${px(only.x)}" cy="${py(only.y)}" r="3" fill="${colourOf(line.style)}"/>`;
      return `<polyline points="${path}" ${look}${pale}${dash}/>`;
    });
  return [
    `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escapeXml(title)}" font-family="sans-serif" font-size="11" fill="#444">`,
    ...grid,
    ...along,
    `<line x1="${area.left}" x2="${area.left + width}" y1="${bottom}" y2="${bottom}" stroke="#999"/>`,
    `<text x="${area.left + width / 2}" y="${size.height - 8}" text-anchor="middle">${escapeXml(xTitle)}</text>`,
    `<text transform="translate(14 ${area.top + height / 2}) rotate(-90)" text-anchor="middle">${escapeXml(yTitle)}</text>`,
    ...bands,
    ...drawn,
    '</svg>',
  ].join('\n');
}
