/** A skill: knows when the shop is open, and nothing else. */

exports.name = 'opening hours';

exports.description = 'tells the opening hours';

exports.onEvent = async ({ event, client, handled }) => {
  if (handled) {
    return;
  }
  const { body } = event.resource.metadata;
  if (!/hours|open/i.test(body)) {
    return;
  }
  await client.reply(event, { title: 'Opening hours', body: 'We are open from 9 to 18 h.' });
  return true;
};
