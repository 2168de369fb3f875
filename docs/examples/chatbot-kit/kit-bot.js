/**
 * A bot as it is written for the chatbot kit; Baton runs it as it is.
 *
 * Here it is an ES module because the folder above says so; one that exports by `exports.onEvent` in a
 * CommonJS package is loaded just so.
 */
export const name = 'Parcel bot';

export async function onEvent({ event, client, handled }) {
  if (handled) return;
  const { body } = event.resource.metadata;
  if (/human/i.test(body)) {
    await client.reply(event, { body: 'A colleague takes over.' });
    await client.put(
      `/1.0/content_threads/${event.resource.metadata.thread_id}/update_categories`,
      {
        thread_category_ids: ['61b07000000000000000a9e0'],
      },
    );
    return;
  }
  if (/parcel/i.test(body)) {
    await client.reply(event, { body: 'It arrives tomorrow.' });
    return;
  }
  await client.reply(event, { body: 'Ask me about your parcel.' });
}
