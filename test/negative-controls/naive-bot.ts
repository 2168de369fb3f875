/**
 * The way bots are usually connected: the webhook's handler asks the bot, posts the answer, and then
 * acknowledges. It remembers nothing. The tests that prove one reply must fail with it.
 */
import { answerTo, scriptSchema } from '../../bots/adapters/scripted/index.js';
import { parseDelivery } from '../../engage/webhook.js';
import { script } from '../harness/test-config.js';
import { startNaiveWebhook, type NaiveWebhook } from './naive-webhook.js';

export function startNaiveBot(token: string): Promise<NaiveWebhook> {
  const parsed = scriptSchema.parse(script);
  return startNaiveWebhook(token, async (body, engage) => {
    const delivery = parseDelivery(JSON.parse(body));
    if (!('events' in delivery)) return;
    for (const event of delivery.events) {
      if (event.type !== 'content.imported' || event.about !== 'content') continue;
      const content = {
        id: event.resourceId,
        body: event.metadata.body ?? '',
        hasAttachment: false,
      };
      const memory = { hasGreeted: true };
      for (const reply of answerTo({ burst: [content], memory }, parsed).replies) {
        await engage.createReply({ inReplyToId: content.id, body: reply.body, isPrivate: true });
      }
    }
  });
}
