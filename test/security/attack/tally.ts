/** What spoilt calls were answered with, and those answers that must not be. */
import type { Outcome, RawCall } from './raw-call.js';

export type Tally = {
  count(call: RawCall, outcome: Outcome): void;
  readonly total: number;
  /** In a line each, so that the call can be made again. */
  readonly failed: readonly string[];
  readonly silent: readonly string[];
  readonly telling: readonly string[];
  /** Valid deliveries that Temporal did not answer in time. */
  sentAgain: number;
  notes(): readonly string[];
};

/** Lines of a stack, and places in our own tree. */
const code = /\n\s+at \S+|node_modules|\.ts:\d+/;

export function newTally(): Tally {
  const statuses = new Map<string, number>();
  const [failed, silent, telling]: [string[], string[], string[]] = [[], [], []];
  let total = 0;
  return {
    get total() {
      return total;
    },
    failed,
    silent,
    telling,
    sentAgain: 0,
    count(call, { status, text, isSilent }) {
      total += 1;
      const name = status === undefined ? 'closed' : String(status);
      statuses.set(name, (statuses.get(name) ?? 0) + 1);
      if (status !== undefined && status >= 500) failed.push(inALine(call, text));
      if (isSilent) silent.push(inALine(call, ''));
      if (code.test(text)) telling.push(inALine(call, text));
    },
    notes() {
      const sorted = [...statuses].sort(([one], [other]) => one.localeCompare(other));
      const counts = sorted.map(([status, times]) => `${status}: ${times}`).join(', ');
      const worst = [...failed, ...silent, ...telling].slice(0, 5);
      return [`answers by status: ${counts}`, ...worst];
    },
  };
}

function inALine({ method, target, headers, body, framing }: RawCall, text: string): string {
  const said = headers.map(([name, value]) => `${name}: ${value.slice(0, 40)}`).join(' | ');
  const answer = text.split('\r\n')[0] ?? '';
  const start = JSON.stringify(body.subarray(0, 200).toString('latin1'));
  return `${answer} for ${method} ${target.slice(0, 120)} [${said}] ${framing} ${start}`;
}
