/**
 * A terminal's output as an SVG that plays by itself, each line at the time it was printed, and stands
 * still, complete, where nothing moves (print, reduced motion, renderers without CSS animation).
 *
 * It carries its own dark background, so it reads the same on light and dark pages, and the seconds
 * beside the lines, so that the still picture shows the timing too.
 */
export type TerminalLine = {
  /** May carry the colours of a terminal (SGR codes). */
  readonly text: string;
  /** Milliseconds since the command was typed. */
  readonly at: number;
};

export type Recording = {
  readonly title: string;
  readonly command: string;
  readonly lines: readonly TerminalLine[];
};

const columns = 104;
const character = { width: 7.83, height: 19, size: 13 };
const margin = { left: 62, right: 18, top: 46, bottom: 18 };
/** The complete picture stands this long before it plays again. */
const pause = 10_000;

const colours = new Map([
  ['32', '#7ee787'],
  ['33', '#e3b341'],
  ['35', '#d2a8ff'],
  ['36', '#79c0ff'],
  ['90', '#8b949e'],
]);

type Run = { readonly text: string; readonly colour: string | undefined };
type Row = { readonly runs: readonly Run[]; readonly at: number };

export function terminalSvg({ title, command, lines }: Recording): string {
  const rows: readonly Row[] = [
    { runs: [{ text: `$ ${command}`, colour: undefined }], at: 0 },
    ...lines.flatMap(({ text, at }) => wrap(runsOf(text)).map((runs) => ({ runs, at }))),
  ];
  const width = Math.round(margin.left + columns * character.width + margin.right);
  const height = margin.top + rows.length * character.height + margin.bottom;
  const length = (rows.at(-1)?.at ?? 0) + pause;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    `<style>${styleOf(rows, length)}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117" stroke="#30363d"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (fill, i) => `<circle cx="${20 + i * 18}" cy="20" r="5.5" fill="${fill}"/>`,
    ),
    ...rows.map((row, index) => rowOf(row, index, rows[index - 1]?.at)),
    '</svg>\n',
  ].join('\n');
}

function styleOf(rows: readonly Row[], length: number): string {
  const { size } = character;
  const font = `text{font:${size}px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#e6edf3;white-space:pre}.t{font-size:10.5px;fill:#8b949e}`;
  const moves = [...new Set(rows.map(({ at }) => at))]
    .filter((at) => at > 0)
    .map((at) => {
      const share = ((100 * at) / length).toFixed(2);
      return `@keyframes k${at}{0%{opacity:0}${share}%,100%{opacity:1}}.k${at}{animation:k${at} ${length}ms step-end infinite}`;
    });
  return `${font}@media (prefers-reduced-motion:no-preference){${moves.join('')}}`;
}

function rowOf({ runs, at }: Row, index: number, before: number | undefined): string {
  const y = margin.top + (index + 0.75) * character.height;
  const spans = runs.map(({ text, colour }) =>
    colour ? `<tspan fill="${colour}">${escape(text)}</tspan>` : escape(text),
  );
  // Seconds are told where they change by what the eye would notice.
  const isNoted = before !== undefined && at - before >= 100;
  const seconds = `${(at / 1000).toFixed(1)} s`;
  const time = isNoted
    ? `<text class="t" x="${margin.left - 12}" y="${y}" text-anchor="end">${seconds}</text>`
    : '';
  const text = `<text x="${margin.left}" y="${y}" xml:space="preserve">${spans.join('')}</text>`;
  return at > 0 ? `<g class="k${at}">${time}${text}</g>` : `<g>${text}</g>`;
}

/** A line by its colours; other control sequences are left out. */
function runsOf(text: string): readonly Run[] {
  const runs: Run[] = [];
  let colour: string | undefined;
  for (const part of text.split(/(\u001b\[[\d;]*[A-Za-z])/)) {
    if (!part.startsWith('\u001b')) {
      if (part !== '') runs.push({ text: part, colour });
    } else if (part.endsWith('m')) {
      colour = colours.get(part.slice(2, -1));
    }
  }
  return runs;
}

/** As a terminal breaks lines: wherever the edge is. */
function wrap(runs: readonly Run[]): readonly (readonly Run[])[] {
  const rows: Run[][] = [[]];
  let room = columns;
  for (const { text, colour } of runs) {
    for (let rest = text; rest !== '';) {
      if (room === 0) {
        rows.push([]);
        room = columns;
      }
      const piece = rest.slice(0, room);
      rows.at(-1)?.push({ text: piece, colour });
      rest = rest.slice(piece.length);
      room -= piece.length;
    }
  }
  return rows;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
