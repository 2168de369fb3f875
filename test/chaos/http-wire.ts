/**
 * The wire between a worker and the platform, and the load balancer before the ingresses: whole calls, one
 * attempt each. A target that refuses the connection is passed over; what was sent to one is sent to no other.
 */
import {
  Agent,
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { Gate } from './hold-point.js';
import { wireOf, type Wire } from './wire.js';

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export async function startHttpWire(targets: readonly string[]): Promise<Wire> {
  const gate = new Gate();
  const agent = new Agent({ keepAlive: true });
  let turn = 0;

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const call = `${incoming.method ?? 'GET'} ${(incoming.url ?? '/').replace(/\?.*$/, '')}`;
    await gate.pass({ call, going: 'request', body });
    // Whoever has given up meanwhile has not called.
    if (incoming.socket.destroyed) return;
    turn += 1;
    const inTurn = targets.map((_, at) => targets[(turn + at) % targets.length] ?? '');
    const answer = await firstOf(inTurn, (target) => send(agent, target, incoming, body));
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
  return { ...wire, close };
}

/** The first that does not refuse the connection. @throws when all do, or one fails otherwise */
async function firstOf(
  [target = '', ...others]: readonly string[],
  ask: (target: string) => Promise<Answer>,
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
  const sent = { ...ofTheCall(headers), host: target, 'content-length': `${body.length}` };
  return new Promise((resolve, reject) => {
    const call = request(`http://${target}${url ?? '/'}`, { method, headers: sent, agent });
    call.once('error', reject);
    call.once('response', (answer) => {
      bodyOf(answer).then((whole) => {
        const told = ofTheCall(answer.headers);
        resolve({ status: answer.statusCode ?? 502, headers: told, body: whole });
      }, reject);
    });
    call.end(body);
  });
}

/** Without what is said of the connection it came on. */
function ofTheCall(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const isOfTheConnection = /^(connection|keep-alive|transfer-encoding)$/;
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !isOfTheConnection.test(name)),
  );
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
