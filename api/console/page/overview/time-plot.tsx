/** Lines over time. An unknown value is a gap, not a zero. */
import { useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import type { TimeFigure } from './figures.js';
import { wholes, written } from './unit.js';
import { usePlot, type Colours } from './use-plot.js';

const height = 170;
const wholeMinutes = [1, 2, 5, 10, 15, 30, 60, 120].map((minutes) => minutes * 60);
const axisFont = '11px system-ui, sans-serif';

export function TimePlot({ figure }: { readonly figure: TimeFigure }) {
  const data = useMemo<uPlot.AlignedData>(
    () => [
      figure.times.map((time) => time / 1_000),
      ...figure.lines.map(({ values }) => [...values]),
    ],
    [figure],
  );
  const place = usePlot((width, colours) => optionsOf(figure, width, colours), data, figure.title);
  return (
    <div
      ref={place}
      class="plot"
      role="img"
      aria-label={`${figure.title}: ${figure.headline} ${figure.note}. The table has the numbers.`}
    />
  );
}

function optionsOf(
  { unit, lines }: TimeFigure,
  width: number,
  { line: grid, text, ...tones }: Colours,
): uPlot.Options {
  const axis = {
    stroke: text,
    font: axisFont,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid },
  };
  const value = (_: uPlot, raw: number | null) => written(raw, unit);
  return {
    width,
    height,
    padding: [8, 20, 0, 0],
    legend: { show: lines.length > 1 },
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_, __, most) => [0, unit === 'percent' ? 100 : roomFor(most)] } },
    axes: [
      { ...axis, values: '{HH}:{mm}', space: 60, incrs: wholeMinutes },
      {
        ...axis,
        size: 48,
        values: (_, splits) => splits.map((split) => written(split, unit)),
        incrs: wholes,
      },
    ],
    series: [
      { value: '{HH}:{mm}:{ss}' },
      ...lines.map(({ name, tone, areBars }) => ({
        ...{ label: name, stroke: tones[tone], value },
        ...(areBars ? barsOf(tones[tone]) : { width: 2, points: { size: 4 } }),
      })),
    ],
  };
}

function barsOf(fill: string): Partial<uPlot.Series> {
  const paths = uPlot.paths.bars?.({ size: [0.8, 14], align: -1 });
  return { fill, width: 0, points: { show: false }, ...(paths && { paths }) };
}

/** For counts: an axis of at least 1, with a margin above the maximum. */
function roomFor(most: number | null): number {
  return Math.max(1, Math.ceil((most ?? 0) * 1.1));
}
