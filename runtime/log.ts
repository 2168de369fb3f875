/**
 * JSON lines on standard error, one process-wide format for our own code and Temporal's SDK.
 *
 * Fields are ids, phases, counts and codes. Tokens, secrets and what people wrote are never passed in;
 * the field names that could carry them are redacted besides.
 */
import { pino, type Logger } from 'pino';

export type Log = Logger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const neverLogged = ['body', 'text', 'token', 'secret', 'authorization', 'password'];

export function createLog(role: string, level: LogLevel): Log {
  return pino(
    {
      level,
      base: { role },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: neverLogged.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** An error by what it is; a stack only where a programmer will need it. */
export function errorFields(error: unknown): { error: string; message: string } {
  if (!(error instanceof Error)) return { error: 'Unknown', message: 'not an Error' };
  return { error: error.name, message: error.message };
}
