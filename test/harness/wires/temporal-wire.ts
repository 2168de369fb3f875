/**
 * A gRPC proxy between one process and Temporal: each call is a stream of HTTP/2 with its method in the path.
 * Messages are passed on unchanged and not decoded; a call is recognised by searching its bytes for text.
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
import { gunzipSync } from 'node:zlib';
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
  return wireOf(server, gate);
}

/** One connection to the server for each of the client; either ends with the other. */
function join(here: ServerHttp2Session, there: ClientHttp2Session): void {
  for (const session of [here, there]) session.on('error', () => undefined);
  here.once('close', () => there.destroy());
  there.once('close', () => here.destroy());
  // The server closes connections now and then; the client is told in the same way.
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
  const sent = await wholeOf(here);
  const body = readable(sent);
  await gate.pass({ call, going: 'request', body });
  // The caller has given up meanwhile: nothing is sent.
  if (here.destroyed) return;
  const there = sessionThere.request(headers, { endStream: false });
  // A long poll that the client cancels must be cancelled on the server, or its task is delivered to no process.
  here.once('close', () => there.close(constants.NGHTTP2_CANCEL));
  there.end(sent);
  const answer = await answerOf(there);
  await gate.pass({ call, going: 'answer', body });
  if (!hasEnded(here)) reply(here, answer);
}

type Answer = {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly trailers: IncomingHttpHeaders | undefined;
};

/** A message begins with one byte that says whether it is compressed, and four for its length. */
function readable(message: Buffer): Buffer {
  return message[0] === 1 ? gunzipSync(message.subarray(5)) : message;
}

const hasEnded = (stream: ServerHttp2Stream) => stream.destroyed;

async function answerOf(stream: ClientHttp2Stream): Promise<Answer> {
  const received: { headers?: IncomingHttpHeaders; trailers?: IncomingHttpHeaders } = {};
  stream.once('response', (headers) => (received.headers = headers));
  stream.once('trailers', (trailers: IncomingHttpHeaders) => (received.trailers = trailers));
  const body = await wholeOf(stream);
  if (!received.headers) throw new Error('there was no answer');
  return { headers: received.headers, body, trailers: received.trailers };
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

async function wholeOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
