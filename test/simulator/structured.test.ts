/** Structured contents as the platform takes them: refused by name, or adapted; and what a source shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newState } from '../../simulator/new-state.js';
import { sources } from '../../simulator/seed.js';
import { metadata, openSimulator, type OpenSimulator } from './setup.js';

let simulator: OpenSimulator;
beforeAll(async () => {
  const account = newState();
  account.sources[sources.messages]!.type = 'whatsapp';
  simulator = await openSimulator({ account });
});
afterAll(() => simulator.stop());

async function reply(content: object, more: object = {}) {
  const { content_id: to } = await simulator.says('hello', 'structured');
  const json = { in_reply_to_id: to, body: 'Well?', structured_content: content, ...more };
  return simulator.call('POST', '/contents', { json });
}
const items = [{ title: 'Yes' }];

describe('a structured content', () => {
  it.each([
    ['structured_content.type', { type: 'buttons' }],
    ['structured_content.items', { type: 'select', items: [] }],
    ['structured_content.items.0.title', { type: 'select', items: [{ payload: 'a' }] }],
    ['structured_content.title', { type: 'list', items }],
    ['structured_content.url_fallback', { type: 'rich_link', title: 'T', url: 'shop://1' }],
    ['structured_content: attachment_id', { type: 'template', title: 'T', attachment_id: '1' }],
  ])('is refused naming %s', async (field, content) => {
    const { status, answer } = await reply(content);
    expect(status).toBe(422);
    expect(String(answer['message'])).toContain(field);
  });

  it('needs a body where it has no text of its own', async () => {
    expect((await reply({ type: 'select', items }, { body: '' })).status).toBe(422);
    expect((await reply({ type: 'list', title: 'T', items }, { body: '' })).status).toBe(200);
  });

  it('is adapted: extra items dropped, long texts cut, unknown properties passed over', async () => {
    const many = Array.from({ length: 15 }, () => ({ title: 'a'.repeat(90), colour: 'blue' }));
    const { answer } = await reply({ type: 'select', items: many });
    const kept = answer['structured_content'] as { items: readonly object[] };
    expect(kept.items).toHaveLength(13);
    expect(kept.items[0]).toEqual({ title: `${'a'.repeat(79)}…` });
  });
});

it('what may be sent back depends on the source', async () => {
  const supported = async (source: string) => {
    const { event_id: id } = await simulator.says('hello', 'asking', source);
    const event = simulator.receiver.events.find((one) => one.id === id)!;
    return metadata(event)['capabilities_supported'];
  };
  expect(await supported('chat')).toEqual(['select', 'rich_link', 'template', 'carousel']);
  expect(await supported('messages')).toEqual(['template', 'list']);
});

it('files exist only after their upload', async () => {
  const { content_id: to } = await simulator.says('hello', 'files');
  const json = { in_reply_to_id: to, attachment_ids: ['61b0700000000000000f11e5'] };
  const { status, answer } = await simulator.call('POST', '/contents', { json });
  expect({ status, message: answer['message'] }).toEqual({
    status: 422,
    message: 'attachment_ids: one is unknown',
  });
});
