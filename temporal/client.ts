/** Creates every Temporal client of Baton, so that none sends unencrypted payloads. */
import { Client, type ClientInterceptors, type ConnectionLike } from '@temporalio/client';
import { getEncryption } from './encryption/data-converter.js';
import type { TemporalSettings } from './settings.js';

export type At = Pick<TemporalSettings, 'namespace' | 'encryption'> & {
  readonly connection: ConnectionLike;
};

export function clientAt(
  { connection, namespace, encryption }: At,
  interceptors: ClientInterceptors = {},
): Client {
  return new Client({
    ...{ connection, namespace, interceptors },
    ...(encryption && { dataConverter: getEncryption(encryption).forClients }),
  });
}
