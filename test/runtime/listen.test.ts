/** How a role's server ends: what was begun is answered, and nobody can keep it from ending. */
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { listen } from '../../runtime/listen.js';

const at = { hostname: '127.0.0.1', port: 0, setting: 'TEST' };

describe.concurrent('a server that ends', () => {
  it('completes the pending response, and accepts no more requests', async () => {
    const gate = new EventEmitter();
    const begun = once(gate, 'begun');
    const app = new Hono().get('/slow', async (c) => {
      gate.emit('begun');
      await once(gate, 'open');
      return c.text('done');
    });
    const server = await listen(app, at);
    const url = `http://127.0.0.1:${server.port}/slow`;
    const answer = fetch(url);
    await begun;
    const ended = server.close();
    await expect(fetch(url)).rejects.toThrow();
    gate.emit('open');
    expect(await (await answer).text()).toBe('done');
    await ended;
  });

  it.each([
    ['says nothing', ''],
    ['never finishes its request', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'],
  ])('does not wait for a client that %s', async (_, words) => {
    const app = new Hono().post('/', async (c) => c.text(await c.req.text()));
    app.onError((_, c) => c.text('gone', 500));
    const server = await listen(app, at);
    const client = connect(server.port, at.hostname);
    client.on('error', () => undefined);
    const closed = new Promise((resolve) => client.once('close', resolve));
    await once(client, 'connect');
    client.write(words);
    // Connections are accepted in order: this one's answer shows that the first is known.
    await fetch(`http://127.0.0.1:${server.port}/`);
    await server.close();
    await closed;
  });
});
