/**
 * A kit bot the way it is usually run: the webhook's handler hands each event to the bot, whose client
 * posts at once, and then acknowledges. It remembers nothing. What Baton is compared with.
 */
import { startNaiveWebhook, type NaiveWebhook } from './naive-webhook.js';

type Said = { readonly body: string };
type Event = { readonly type: string; readonly resource: { readonly id: string } };
type Given = { readonly event: Event; readonly client: object; readonly handled: unknown };
type EventHandler = { onEvent(given: Given): Promise<unknown> };
type KitBot = EventHandler & { readonly skills?: readonly EventHandler[] };

export async function startBareKit(module: URL, token: string): Promise<NaiveWebhook> {
  const { default: bot } = (await import(module.href)) as { default: KitBot };
  return startNaiveWebhook(token, async (body, engage) => {
    const client = {
      reply: ({ resource }: Event, said: Said) =>
        engage.createReply({ inReplyToId: resource.id, body: said.body, isPrivate: true }),
    };
    for (const event of (JSON.parse(body) as { events: readonly Event[] }).events) {
      if (event.type !== 'content.imported') continue;
      let handled: unknown = false;
      for (const skill of bot.skills ?? []) {
        const returned = await skill.onEvent({ event, client, handled });
        handled = handled || returned;
      }
      await bot.onEvent({ event, client, handled });
    }
  });
}
