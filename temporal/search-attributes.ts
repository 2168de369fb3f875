/**
 * Search attributes that a namespace must have. If one is missing, the server refuses every start of a
 * thread, so a process checks them before it reports ready, and names the missing one.
 */
import type { Connection } from '@temporalio/client';
import { searchAttributes } from '../workflows/contract/index.js';

/** Temporal's enum values of the attribute types we use. */
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

/** Registers the missing ones. Idempotent. */
export async function registerSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<readonly string[]> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length > 0) await addSearchAttributes(connection, namespace, missing);
  return missing;
}

/** For servers that cannot list their attributes, such as the time-skipping one. */
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
