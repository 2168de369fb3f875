/** Small plots of a cost over a size, both on logarithmic scales, as one picture. Pure. */
import type { Point } from './fit.js';

export type Series = {
  readonly title: string;
  readonly unit: string;
  /** Below the title: what it grows like. */
  readonly says: string;
  readonly over: string;
  readonly points: readonly Point[];
};

const columns = 4;
const panel = { width: 250, height: 200 };
const inner = { left: 48, right: 14, top: 46, bottom: 34 };

export function plot(title: string, all: readonly Series[]): string {
  const rows = Math.ceil(all.length / columns);
  const [width, height] = [columns * panel.width, rows * panel.height + 40];
  const panels = all.map((series, at) => {
    const [x, y] = [(at % columns) * panel.width, Math.floor(at / columns) * panel.height + 40];
    return `<g transform="translate(${x} ${y})">${panelOf(series)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="12" y="24" font-size="14" fill="#222">${escaped(title)}</text>`,
    ...panels,
    '</svg>',
    '',
  ].join('\n');
}

function panelOf({ title, unit, says, over, points }: Series): string {
  const across = scale(
    points.map(({ x }) => x),
    inner.left,
    panel.width - inner.right,
  );
  const up = scale(
    points.map(({ y }) => y),
    panel.height - inner.bottom,
    inner.top,
  );
  const spots = points.map(({ x, y }) => [round(across.at(x)), round(up.at(y))] as const);
  const line = spots.map((spot) => spot.join(',')).join(' ');
  const grid = up.ticks.map((tick) => {
    const y = round(up.at(tick));
    const rule = `<line x1="${inner.left}" x2="${panel.width - inner.right}" y1="${y}" y2="${y}" stroke="#e5e5e5"/>`;
    return `${rule}<text x="${inner.left - 5}" y="${y + 4}" text-anchor="end" fill="#666">${short(tick)}</text>`;
  });
  const marks = points.map(({ x }) => {
    const y = panel.height - inner.bottom + 14;
    return `<text x="${round(across.at(x))}" y="${y}" text-anchor="middle" fill="#666">${short(x)}</text>`;
  });
  return [
    `<text x="${inner.left}" y="16" fill="#222">${escaped(title)}, ${escaped(unit)}</text>`,
    `<text x="${inner.left}" y="31" fill="#666">${escaped(says)}</text>`,
    ...grid,
    ...marks,
    `<text x="${panel.width - inner.right}" y="${panel.height - 5}" text-anchor="end" fill="#666">${escaped(over)}</text>`,
    `<polyline points="${line}" fill="none" stroke="#2563eb" stroke-width="2"/>`,
    ...spots.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="#2563eb"/>`),
  ].join('');
}

type Scale = { readonly at: (value: number) => number; readonly ticks: readonly number[] };

/** From a power of ten to a power of ten: a cost that stays looks as if it did. */
function scale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(Math.ceil(Math.log10(Math.max(...values))), low + 1);
  const at = (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
  const ticks = Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step));
  return { at, ticks };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function short(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`;
  return value >= 1e3 ? `${value / 1e3}k` : String(Number(value.toPrecision(2)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
