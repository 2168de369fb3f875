/** Lists of the whole account: what is asked for, and what becomes of an answer that is not all there. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEngageClient, type EngageClient } from '../../engage/client.js';
import { NotAuthorised } from '../../engage/errors.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';

let platform: HttpTarget;
let engage: EngageClient;
const date = 'Thu, 15 Jan 2026 09:30:00 GMT';
const at = Date.parse(date);
const place = { offset: 150, limit: 150 };

beforeAll(async () => {
  platform = await startHttpTarget();
});
afterAll(() => platform.close());
beforeEach(() => {
  platform.asked.length = 0;
  platform.answer = json(200, { count: 0, records: [] }, { date });
  engage = createEngageClient({ url: platform.url, token: 'the-token', timeout: 60_000 });
});

async function asked(call: Promise<unknown>): Promise<readonly string[]> {
  await call;
  const url = new URL(platform.asked[0]?.url ?? '', platform.url);
  return [url.pathname, ...[...url.searchParams].map(([name, value]) => `${name}=${value}`)];
}

describe('what is asked for', () => {
  it('contents of a source, oldest first', async () => {
    expect(await asked(engage.listContents({ ...place, sourceId: 's' }))).toEqual([
      ...['/1.0/contents', 'q=source:"s" order:"created_at.asc"', 'offset=150', 'limit=150'],
    ]);
  });

  it('the journal by name and time, a second early', async () => {
    const query = { ...place, names: ['a.b', 'c.d'], since: at };
    const q = 'name_in:"a.b" name_in:"c.d" created_after:"2026-01-15 09:29:59"';
    expect(await asked(engage.listJournal(query))).toEqual([
      ...['/1.0/events', `q=${q} order:"created_at.asc"`, 'offset=150', 'limit=150'],
    ]);
  });

  it('interventions, the last changed first', async () => {
    expect(await asked(engage.listChangedInterventions(place))).toEqual([
      ...['/1.0/interventions', 'sort=updated_at', 'offset=150', 'limit=150'],
    ]);
  });

  it('webhooks', async () => {
    expect(await asked(engage.listWebhooks())).toEqual(['/1.0/webhooks', 'limit=150']);
  });
});

describe('an answer', () => {
  it('says the platform’s time; an error does too', async () => {
    expect((await engage.listWebhooks()).answeredAt).toBe(at);
    platform.answer = json(403, { error: 'forbidden', message: 'no', status: 403 }, { date });
    const refused: unknown = await engage.listWebhooks().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NotAuthorised);
    expect(refused).toMatchObject({ answeredAt: at });
  });

  it('has the contents of the reconciler within the limits of a webhook’s', async () => {
    const long = 'x'.repeat(700_000);
    const content = {
      ...{ id: 'c', created_at: '2026-01-15T09:00:00Z', body: long, status: long, language: long },
      category_ids: Array.from({ length: 5_000 }, (_, index) => `category-${index}`),
      structured_reply: { payload: long },
    };
    platform.answer = json(200, { count: 1, records: [content] }, { date });
    const { records } = await engage.listContents({ ...place, sourceId: 's' });
    const [read] = records;
    expect(read?.body).toHaveLength(20_000);
    expect(read?.structured_reply?.payload).toHaveLength(4_000);
    expect([read?.status?.length, read?.language?.length]).toEqual([100, 100]);
    expect(read?.category_ids).toHaveLength(200);
  });

  it('keeps the place of a record that cannot be understood', async () => {
    const good = { id: 'c', created_at: '2026-01-15T09:30:00Z' };
    const records = [good, { id: 'without a date' }, 'nonsense', good];
    platform.answer = json(200, { count: 4, records });
    const page = await engage.listContents({ ...place, sourceId: 's' });
    expect(page.records.map((record) => record?.id)).toEqual(['c', undefined, undefined, 'c']);
  });

  it('of the journal may say nothing about an entry', async () => {
    const entry = { id: 'e', name: 'intervention.closed', created_at: '2026-01-15T09:30:00Z' };
    const records = [undefined, null, 'gone', { intervention_id: 7 }].map((extra_infos) => ({
      ...entry,
      extra_infos,
    }));
    platform.answer = json(200, { count: 4, records });
    const page = await engage.listJournal({ ...place, names: [], since: at });
    expect(page.records.map((record) => record?.extra_infos?.intervention_id)).toEqual([
      ...[undefined, undefined, undefined, '7'],
    ]);
  });
});
