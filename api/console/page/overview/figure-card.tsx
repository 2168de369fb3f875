/** One figure: its headline number, its plot, and the same numbers as a table. */
import { BarPlot } from './bar-plot.js';
import { FigureTable } from './figure-table.js';
import type { Figure } from './figures.js';
import { TimePlot } from './time-plot.js';

export function FigureCard({ figure }: { readonly figure: Figure }) {
  const { title, headline, note } = figure;
  return (
    <figure class="card">
      <figcaption>
        <h2>{title}</h2>
        <p>
          <strong class="headline">{headline}</strong> <span class="muted">{note}</span>
        </p>
      </figcaption>
      {hasNumbers(figure) ? <Drawn figure={figure} /> : <p class="empty">No figures yet.</p>}
    </figure>
  );
}

function Drawn({ figure }: { readonly figure: Figure }) {
  return (
    <>
      {figure.kind === 'time' ? <TimePlot figure={figure} /> : <BarPlot figure={figure} />}
      <details>
        <summary>As a table</summary>
        <FigureTable figure={figure} />
      </details>
    </>
  );
}

/** A line needs two points. */
function hasNumbers(figure: Figure): boolean {
  if (figure.kind === 'bars') return figure.bars.length > 0;
  return figure.times.length > 1 && figure.lines.some(({ values }) => values.some(isKnown));
}

function isKnown(value: number | null): boolean {
  return value !== null;
}
