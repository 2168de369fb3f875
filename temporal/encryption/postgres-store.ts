/**
 * A key store in a PostgreSQL table, for several machines. It needs a database of its own, with backups
 * that are kept for days only: decision 22 gives the reason. Creates the table if it is missing.
 */
import pg from 'pg';
import { retiredName, type KeyStore, type StoredKey } from './key-store.js';

const table = `
  CREATE TABLE IF NOT EXISTS baton_keys (
    under text PRIMARY KEY, name text NOT NULL, id text NOT NULL, master text NOT NULL,
    wrapped text NOT NULL
  )`;
const columns = 'name, id, master, wrapped';

/** Milliseconds. A delivery, which needs an answer within three seconds, waits behind it. */
const timeout = 2_000;
const connections = 5;
const pageSize = 1_000;

export function createPostgresStore(connectionString: string): KeyStore {
  const pool = new pg.Pool({
    ...{ connectionString, max: connections, allowExitOnIdle: true },
    ...{ connectionTimeoutMillis: timeout, query_timeout: timeout },
    statement_timeout: timeout,
  });
  // An idle connection broke: the next query reports the error.
  pool.on('error', () => undefined);
  const ask = queries(pool);
  return {
    read: async (name) =>
      (await ask(`SELECT ${columns} FROM baton_keys WHERE under = $1`, [name])).rows[0],
    create: (key) => create(ask, key),
    async rewrap(under, { id, master }, to) {
      await ask(
        'UPDATE baton_keys SET master = $4, wrapped = $5 WHERE under = $1 AND id = $2 AND master = $3',
        [under, id, master, to.master, to.wrapped],
      );
    },
    async retire(name) {
      await ask(
        `UPDATE baton_keys SET under = $2 WHERE under = $1
         AND NOT EXISTS (SELECT 1 FROM baton_keys WHERE under = $2)`,
        [name, retiredName(name)],
      );
    },
    async destroy(names) {
      const { rowCount } = await ask('DELETE FROM baton_keys WHERE under = ANY($1)', [names]);
      return rowCount ?? 0;
    },
    list: () => list(ask),
    close: () => pool.end(),
  };
}

type Row = StoredKey & { readonly under: string };
type Ask = (text: string, values: readonly unknown[]) => Promise<pg.QueryResult<Row>>;

/** Creates the table before the first query, and retries until that has succeeded. */
function queries(pool: pg.Pool): Ask {
  let isThere: Promise<unknown> | undefined;
  return async (text, values) => {
    isThere ??= makeTable(pool);
    await isThere.catch((error: unknown) => {
      isThere = undefined;
      throw error;
    });
    return pool.query<Row>(text, [...values]);
  };
}

/** Of concurrent creators one succeeds, and the others get an error that it exists. */
async function makeTable(pool: pg.Pool): Promise<void> {
  await pool.query(table).catch(async () => pool.query(table));
}

async function create(ask: Ask, key: StoredKey): Promise<StoredKey> {
  const { name, id, master, wrapped } = key;
  for (let tries = 0; tries < 3; tries += 1) {
    const made = await ask(
      `INSERT INTO baton_keys (under, ${columns}) VALUES ($1, $1, $2, $3, $4)
       ON CONFLICT (under) DO NOTHING RETURNING ${columns}`,
      [name, id, master, wrapped],
    );
    if (made.rows[0]) return made.rows[0];
    const there = await ask(`SELECT ${columns} FROM baton_keys WHERE under = $1`, [name]);
    // Otherwise it was destroyed in between.
    if (there.rows[0]) return there.rows[0];
  }
  throw new Error('a key was made and destroyed again and again');
}

async function* list(ask: Ask): AsyncGenerator<{ under: string; key: StoredKey }> {
  for (let after = ''; ;) {
    const { rows } = await ask(
      `SELECT under, ${columns} FROM baton_keys WHERE under > $1 ORDER BY under LIMIT $2`,
      [after, pageSize],
    );
    for (const { under, ...key } of rows) yield { under, key };
    const last = rows.at(-1);
    if (!last) return;
    after = last.under;
  }
}
