/** Output of the command line: columns for people, or JSON for programs. */

/** Left-aligned columns of minimal width. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) => plain(cell).padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `4 min`: age in its largest non-zero unit. */
export function age(since: string | null, now: number): string {
  if (since === null) return '';
  const seconds = Math.max(0, Math.round((now - Date.parse(since)) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 2 * 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

export function print(isJson: boolean | undefined, value: unknown, lines: () => string): void {
  console.log(plain(isJson ? JSON.stringify(value, undefined, 2) : lines()));
}

/** Removes control characters, because strangers wrote some of the text. */
export function plain(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, ' ');
}

export function localTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
