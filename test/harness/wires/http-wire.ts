/**
 * An HTTP proxy that passes whole calls: the wire between a worker and the platform, and the load balancer
 * before the ingresses, which it takes in turn. It passes over a target that refuses the connection, and
 * never sends a call to a second target once one may have received it.
 */
import {
  Agent,
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { Gate } from './gate.js';
import { wireOf, type Wire } from './wire.js';

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type HttpWire = Wire & {
  /** Number of calls that each target has answered, in the order of the targets. */
  readonly answered: readonly number[];
};

/** @param targets host and port of each */
export async function startHttpWire(targets: readonly string[]): Promise<HttpWire> {
  const gate = new Gate();
  const agent = new Agent({ keepAlive: true });
  const answered = targets.map(() => 0);
  let turn = 0;

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const call = `${incoming.method ?? 'GET'} ${(incoming.url ?? '/').replace(/\?.*$/, '')}`;
    await gate.pass({ call, going: 'request', body });
    // The caller has given up meanwhile: nothing is sent.
    if (incoming.socket.destroyed) return;
    turn += 1;
    const inTurn = targets.map((_, at) => (turn + at) % targets.length);
    const answer = await firstOf(inTurn, async (at) => {
      const received = await send(agent, targets[at] ?? '', incoming, body);
      answered[at] = (answered[at] ?? 0) + 1;
      return received;
    });
    await gate.pass({ call, going: 'answer', body });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => incoming.socket.destroy());
  });
  const wire = await wireOf(server, gate);
  const close = async () => {
    await wire.close();
    agent.destroy();
  };
  return { ...wire, answered, close };
}

/** Asks targets until one does not refuse the connection. @throws when all do, or one fails otherwise */
async function firstOf(
  [target = 0, ...others]: readonly number[],
  ask: (target: number) => Promise<Answer>,
): Promise<Answer> {
  return ask(target).catch((error: unknown) => {
    const isRefused = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
    if (isRefused && others.length > 0) return firstOf(others, ask);
    throw error;
  });
}

function send(
  agent: Agent,
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const sent = { ...endToEnd(headers), host: target, 'content-length': `${body.length}` };
  return new Promise((resolve, reject) => {
    const call = request(`http://${target}${url ?? '/'}`, { method, headers: sent, agent });
    call.once('error', reject);
    call.once('response', (answer) => {
      bodyOf(answer).then((whole) => {
        const { statusCode: status = 502 } = answer;
        resolve({ status, headers: endToEnd(answer.headers), body: whole });
      }, reject);
    });
    call.end(body);
  });
}

/** Removes the headers that concern one connection only. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const isHopByHop = /^(connection|keep-alive|transfer-encoding)$/;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isHopByHop.test(name)));
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
