/** A collector that is away is told of once, by a code, and again only after it has been there. */
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { expect, it } from 'vitest';
import type { Log } from '../../../runtime/log.js';
import { quietExporter } from '../../../runtime/tracing/quiet-exporter.js';

it('says once that traces cannot be sent, until they can', () => {
  const said: unknown[] = [];
  const log = { warn: (...words: unknown[]) => void said.push(words) } as unknown as Log;
  const away = Object.assign(new Error('canary: connect to collector'), { code: 'ECONNREFUSED' });
  const errors = [away, away, undefined, away];
  const codes: number[] = [];
  const inner = {
    export(_: unknown, done: (result: object) => void) {
      const error = errors.shift();
      done({ code: error ? 1 : 0, ...(error && { error }) });
    },
    shutdown: () => Promise.resolve(),
  } as unknown as SpanExporter;
  const exporter = quietExporter(inner, log);
  for (let i = 0; i < 4; i += 1) exporter.export([], ({ code }) => codes.push(code));
  expect(codes).toEqual([1, 1, 0, 1]);
  const once = [{ code: 'ECONNREFUSED' }, 'traces cannot be sent'];
  expect(said).toEqual([once, once]);
});
