/** A skill: says hello back, unless somebody before it had something better to say. */

exports.name = 'small talk';

exports.description = 'says hello';

exports.onEvent = async ({ event, client, handled }) => {
  if (handled || !/^(hello|hi)\b/i.test(event.resource.metadata.body)) {
    return;
  }
  await client.reply(event, { body: 'Hello! How can I help?' });
  return true;
};
