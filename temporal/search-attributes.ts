/**
 * The search attributes a namespace must know. An unregistered one makes the server refuse every start
 * of a thread, so a process checks before it says it is ready, and says which one is missing.
 */
import type { Connection } from '@temporalio/client';
import { searchAttributes } from '../workflows/contract/index.js';

/** Temporal's numbers for the kinds of attributes we use. */
const kinds = { KEYWORD: 2, INT: 3, BOOL: 5, DATETIME: 6 } as const;
const wanted = Object.values(searchAttributes);

export async function missingSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<readonly string[]> {
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  const names = Object.keys(known.customAttributes);
  return wanted.map(({ name }) => name).filter((name) => !names.includes(name));
}

/** Registers what is missing. Repeatable. */
export async function registerSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<readonly string[]> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length > 0) await addSearchAttributes(connection, namespace, missing);
  return missing;
}

/** For servers that cannot tell what they know, such as the time-skipping one. */
export async function addSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  names: readonly string[] = wanted.map(({ name }) => name),
): Promise<void> {
  const added = wanted.filter(({ name }) => names.includes(name));
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(added.map(({ name, type }) => [name, kinds[type]])),
  });
}
