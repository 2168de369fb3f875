/**
 * The arguments of Temporal's development server as Baton needs it: our search attributes, priorities
 * (off by default on this version), and one file on disk that a later start continues from.
 */
import { searchAttributes } from '../workflows/contract/index.js';

/** Priorities; and timers that ring within a tenth of a second, not within one. */
const dynamicConfig = ['matching.useNewMatcher=true', 'history.timerProcessorMaxTimeShift="100ms"'];

export type LocalServerOptions = {
  readonly port: number;
  /** Without one, no UI. */
  readonly uiPort?: number;
  /** Without one, everything is forgotten at the end. */
  readonly databasePath?: string | undefined;
  /** In place of what Baton needs. */
  readonly flags?: readonly string[];
};

const kinds = { KEYWORD: 'Keyword', INT: 'Int', BOOL: 'Bool', DATETIME: 'Datetime' } as const;

export function localServerArguments(options: LocalServerOptions): readonly string[] {
  const { port, uiPort, databasePath, flags = localServerFlags() } = options;
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', `${uiPort}`];
  const database = databasePath === undefined ? [] : ['--db-filename', databasePath];
  const base = [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--log-level',
    'error',
  ];
  return [...base, ...ui, ...database, ...flags];
}

/** The part that does not depend on ports, for servers that somebody else starts. */
export function localServerFlags(): readonly string[] {
  const attributes = Object.values(searchAttributes).flatMap(({ name, type }) => [
    '--search-attribute',
    `${name}=${kinds[type]}`,
  ]);
  const values = dynamicConfig.flatMap((value) => ['--dynamic-config-value', value]);
  return [...attributes, ...values];
}
