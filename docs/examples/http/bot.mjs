/**
 * A bot of one's own behind HTTP, without a library: it believes only what Baton has signed. Start it with
 * `PARCEL_BOT_SECRET=… node docs/examples/http/bot.mjs`, and Baton with the same secret.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { PARCEL_BOT_SECRET: secret, PORT: port = '5000' } = process.env;
if (!secret) throw new Error('PARCEL_BOT_SECRET is not set');

/** Over the bytes as they came, and of the last five minutes: an intercepted request soon becomes worthless. */
function isFromBaton(headers, body) {
  const time = String(headers['x-baton-timestamp']);
  const wanted = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  const given = Buffer.from(String(headers['x-baton-signature']).replace(/^v1=/, ''), 'hex');
  const isRecent = Math.abs(Date.now() / 1000 - Number(time)) < 300;
  return isRecent && given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The turn is all it needs to know; what it remembers comes back with the next one. */
function answer({ burst, memory }) {
  const said = burst.map(({ body }) => body.toLowerCase()).join('\n');
  if (said.includes('human')) {
    return {
      replies: [{ body: 'A colleague takes over.' }],
      handOver: { because: 'customerAsked' },
    };
  }
  if (said.includes('thanks')) return { replies: [{ body: 'Goodbye!' }], isSolved: true };
  const times = (memory.times ?? 0) + 1;
  const body = said.includes('parcel') ? 'It arrives tomorrow.' : `Pardon? (${times})`;
  return { replies: [{ body }], remember: { times } };
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isFromBaton(request.headers, body)) return response.writeHead(401).end();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer(JSON.parse(body.toString()))));
});
server.listen(Number(port), '127.0.0.1', () => {
  console.log(`the bot listens on port ${server.address().port}`);
});
