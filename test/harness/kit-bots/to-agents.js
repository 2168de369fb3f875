/** Answers what it can, and gives the thread to the agents by its categories, as the platform wants it. */

const BOT_CATEGORY = '61b07000000000000000b071';
const AGENTS_CATEGORY = '61b07000000000000000a9e0';

exports.name = 'Front desk bot';

exports.description = 'Hands over when a human is asked for';

async function giveToAgents(event, client) {
  const threadId = event.resource.metadata.thread_id;
  const { data: thread } = await client.get(`/1.0/content_threads/${threadId}`);
  const others = thread.thread_category_ids.filter((id) => id !== BOT_CATEGORY);
  await client.put(`/1.0/content_threads/${threadId}/update_categories`, undefined, {
    params: { thread_category_ids: [...others, AGENTS_CATEGORY] },
  });
}

exports.onEvent = async ({ event, client, handled }) => {
  if (handled) {
    return;
  }
  if (/human|agent/i.test(event.resource.metadata.body)) {
    await client.reply(event, { body: 'A colleague will be with you.' });
    await giveToAgents(event, client);
    return;
  }
  await client.reply(event, { body: 'I can get you a human.' });
};
