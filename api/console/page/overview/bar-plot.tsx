/** Horizontal bars, so that their names are readable. */
import { useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import type { BarFigure } from './figures.js';
import { wholes, written } from './unit.js';
import { usePlot, type Colours } from './use-plot.js';

const rowHeight = 28;
const axisHeight = 40;
/** Approximate width of a letter, in pixels. */
const letter = 6.5;
// The library's types name sides by an enum that does not exist at runtime in the browser.
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const [bottom, left] = [2 as uPlot.Axis.Side, 3 as uPlot.Axis.Side];
const axisFont = '11px system-ui, sans-serif';

export function BarPlot({ figure }: { readonly figure: BarFigure }) {
  const { bars, title, headline, note } = figure;
  const data = useMemo<uPlot.AlignedData>(
    () => [bars.map((_, i) => i), bars.map(({ value }) => value)],
    [bars],
  );
  const shape = [title, ...bars.map(({ name }) => name)].join(' ');
  const place = usePlot((width, colours) => optionsOf(figure, width, colours), data, shape);
  return (
    <div
      ref={place}
      class="plot"
      role="img"
      aria-label={`${title}: ${headline} ${note}. The table has the numbers.`}
    />
  );
}

function roomForNames(names: readonly string[], width: number): number {
  const longest = Math.max(...names.map((name) => name.length));
  return Math.min(longest * letter + 16, width * 0.65);
}

function optionsOf(figure: BarFigure, width: number, colours: Colours): uPlot.Options {
  const { bars, unit } = figure;
  const names = bars.map(({ name, value }) => `${name}: ${written(value, unit)}`);
  const { accent, line, text } = colours;
  const paths = uPlot.paths.bars?.({ size: [0.6, 18] });
  return {
    width,
    height: bars.length * rowHeight + axisHeight,
    padding: [4, 30, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, ori: 1, dir: -1, range: [-0.5, bars.length - 0.5] },
      y: { ori: 0, range: (_, __, most) => [0, most > 0 ? most * 1.05 : 1] },
    },
    axes: [
      {
        ...{ side: left, size: roomForNames(names, width), stroke: text, font: axisFont },
        splits: () => bars.map((_, i) => i),
        values: () => names,
        grid: { show: false },
        ticks: { show: false },
      },
      {
        ...{ side: bottom, stroke: text, font: axisFont },
        // Labels of times are wide.
        space: unit === 'seconds' ? 90 : 48,
        values: (_, splits) => splits.map((value) => written(value, unit)),
        ...(unit === 'count' && { incrs: wholes }),
        grid: { stroke: line, width: 1 },
        ticks: { stroke: line },
      },
    ],
    series: [
      {},
      { fill: accent, stroke: accent, width: 0, points: { show: false }, ...(paths && { paths }) },
    ],
  };
}
