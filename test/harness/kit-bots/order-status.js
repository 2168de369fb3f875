/** Looks an order up, and tells what there is to tell in as many replies as it takes. */

exports.name = 'Order status bot';

exports.description = 'Knows where orders are';

const warehouse = {
  findOrder: (number) =>
    new Promise((resolve) => {
      setTimeout(() => resolve({ number, left: 'Lyon', arrives: 'tomorrow' }), 200);
    }),
};

// Lives as long as the process.
const lookedUp = new Map();

exports.onEvent = async ({ event, client, handled }) => {
  if (handled) {
    return;
  }
  const [, number] = /order (\d+)/i.exec(event.resource.metadata.body) || [];
  if (!number) {
    await client.reply(event, { body: 'Which order do you mean?' });
    return;
  }
  await client.reply(event, { body: `Looking for order ${number}.` });
  const order = lookedUp.get(number) || (await warehouse.findOrder(number));
  lookedUp.set(number, order);
  await client.reply(event, { body: `Order ${number} has left ${order.left}.` });
  // Some authors write the call themselves, and do not wait for it.
  client.post('/1.0/contents', {
    body: `Order ${number} arrives ${order.arrives}.`,
    private: event.resource.metadata.private,
    in_reply_to_id: event.resource.id,
  });
};
