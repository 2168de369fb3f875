/**
 * Arguments of Temporal's development server: Baton's search attributes, priorities (off by default in
 * this version), and one database file, from which a later start continues.
 */
import { searchAttributes } from '../workflows/contract/index.js';

/** Priorities, and timers with a precision of a tenth of a second instead of one second. */
const dynamicConfig = ['matching.useNewMatcher=true', 'history.timerProcessorMaxTimeShift="100ms"'];

export type LocalServerOptions = {
  readonly port: number;
  /** Without one, no UI. */
  readonly uiPort?: number;
  /** Without one, all data is lost at the end. */
  readonly databasePath?: string | undefined;
  /** Replaces Baton's own flags. */
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

/** Flags that do not depend on ports, for servers that another program starts. */
export function localServerFlags(): readonly string[] {
  const attributes = Object.values(searchAttributes).flatMap(({ name, type }) => [
    '--search-attribute',
    `${name}=${kinds[type]}`,
  ]);
  const values = dynamicConfig.flatMap((value) => ['--dynamic-config-value', value]);
  return [...attributes, ...values];
}
