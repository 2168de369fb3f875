/**
 * JSON lines on standard error, in one format for our own code and Temporal's SDK.
 *
 * Fields are ids, phases, counts and codes. Tokens, secrets and customers' text are never passed in; field
 * names that could carry them are redacted in addition.
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

/** Fields of an error; a stack only for programming errors. */
export function errorFields(error: unknown): { error: string; message: string } {
  if (!(error instanceof Error)) return { error: 'Unknown', message: 'not an Error' };
  return { error: error.name, message: error.message };
}
