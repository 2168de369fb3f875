/** A figure's numbers as a table, newest first; long series are thinned to a readable length. */
import { clockTime } from '../parts/clock-time.js';
import type { BarFigure, Figure, TimeFigure } from './figures.js';
import { written } from './unit.js';

const readable = 60;

export function FigureTable({ figure }: { readonly figure: Figure }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Table: ${figure.title}`}>
      {figure.kind === 'time' ? <TimeTable figure={figure} /> : <BarTable figure={figure} />}
    </div>
  );
}

function TimeTable({ figure: { times, lines, unit } }: { readonly figure: TimeFigure }) {
  const every = Math.ceil(times.length / readable);
  const last = times.at(-1) ?? 0;
  const rows = times
    .map((time, i) => ({ time, i }))
    .filter(({ i }) => (times.length - 1 - i) % every === 0)
    .toReversed();
  return (
    <table class="counts">
      <thead>
        <tr>
          <th scope="col">At</th>
          {lines.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ time, i }) => (
          <tr key={time}>
            <th scope="row">{clockTime(time, last)}</th>
            {lines.map(({ name, values }) => (
              <td key={name} class="number">
                {written(values[i] ?? null, unit)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BarTable({ figure: { title, bars, unit } }: { readonly figure: BarFigure }) {
  return (
    <table class="counts">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{unit === 'seconds' ? 'Time' : 'Count'}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{written(value, unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
