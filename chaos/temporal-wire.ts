/**
 * The wire between one process and Temporal: gRPC, call by call, as it is spoken (HTTP/2, each call a
 * stream with its name as the path). What is in a call is passed on as it came; to know a call, its bytes
 * are searched for words that only it has.
 */
import {
  connect,
  constants,
  createServer,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { Gate } from './gate.js';
import { wireOf, type Wire } from './wire.js';

export async function startTemporalWire(address: string): Promise<Wire> {
  const gate = new Gate();
  const server = createServer();
  server.on('session', (here: ServerHttp2Session) => {
    const there = connect(`http://${address}`);
    join(here, there);
    here.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      pass(stream, headers, there, gate).catch(() => stream.destroy());
    });
  });
  return wireOf(server as unknown as Parameters<typeof wireOf>[0], gate);
}

/** One connection there for each here: either ends with the other. */
function join(here: ServerHttp2Session, there: ClientHttp2Session): void {
  for (const session of [here, there]) session.on('error', () => undefined);
  here.once('close', () => there.destroy());
  there.once('close', () => here.destroy());
  // The server will not take more on this one, as it does now and then: nor do we.
  there.once('goaway', () => here.close());
}

async function pass(
  here: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  sessionThere: ClientHttp2Session,
  gate: Gate,
): Promise<void> {
  here.on('error', () => undefined);
  const path = headers[':path'] ?? '';
  const call = path.slice(path.lastIndexOf('/') + 1);
  const body = await wholeOf(here);
  if ((await gate.pass({ call, going: 'request', body })) === 'is lost') return here.destroy();
  if (here.destroyed || sessionThere.destroyed) return here.destroy();
  const there = sessionThere.request(headers, { endStream: false });
  // A long poll that is given up here must be given up there, or its task goes to nobody.
  here.once('close', () => there.close(constants.NGHTTP2_CANCEL));
  there.end(body);
  const answer = await answerOf(there);
  if ((await gate.pass({ call, going: 'answer', body })) === 'is lost') return here.destroy();
  if (!here.destroyed) reply(here, answer);
}

type Answer = {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly trailers: IncomingHttpHeaders | undefined;
};

async function answerOf(stream: ClientHttp2Stream): Promise<Answer> {
  let headers: IncomingHttpHeaders | undefined;
  let trailers: IncomingHttpHeaders | undefined;
  stream.once('response', (told) => (headers = told));
  stream.once('trailers', (told) => (trailers = told));
  const body = await wholeOf(stream);
  if (!headers) throw new Error('there was no answer');
  return { headers, body, trailers };
}

function reply(stream: ServerHttp2Stream, { headers, body, trailers }: Answer): void {
  if (!trailers) {
    stream.respond(headers, { endStream: body.length === 0 });
    if (body.length > 0) stream.end(body);
    return;
  }
  stream.respond(headers, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(body);
}

async function wholeOf(stream: ServerHttp2Stream | ClientHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
