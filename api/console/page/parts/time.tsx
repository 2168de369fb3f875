/** A time: local in the text, ISO 8601 in the tooltip and in the markup. */
import { serverNow } from '../reach/server-clock.js';
import { clockTime } from './clock-time.js';

export function Time({ at }: { readonly at: string }) {
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={at}>
      {Number.isNaN(time) ? at : clockTime(time, serverNow())}
    </time>
  );
}
