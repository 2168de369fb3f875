/**
 * A request as bytes on a connection of its own: clients of Node's would refuse to send most of what an
 * attacker sends. What comes back is the status, or that there was none.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:net';

export type RawCall = {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** How the body is announced and sent; `cut`: less than was said, `slow`: in three parts. */
  readonly framing: 'none' | 'length' | 'chunked' | 'cut' | 'slow' | 'both';
};

export type Outcome = {
  /** Undefined: closed without a word. */
  readonly status: number | undefined;
  readonly text: string;
  readonly isSilent: boolean;
};

/** Longer than any answer takes. */
const timeout = 10_000;

export function exchange(port: number, call: RawCall): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    const done = (isSilent: boolean) => {
      socket.destroy();
      const text = Buffer.concat(chunks).toString('latin1');
      // An interim answer (100) is not one yet.
      const status = /^HTTP\/1\.1 ([2-5]\d\d)/m.exec(text)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), text, isSilent });
    };
    socket.setTimeout(timeout, () => done(true));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('end', () => done(false));
    socket.on('close', () => done(false));
    socket.on(
      'connect',
      () =>
        void write(
          call,
          (bytes) => socket.write(bytes),
          () => socket.end(),
        ),
    );
  });
}

/** Refused for now (503) is sent again, as the platform does: what stays so is a fault of the call's. */
export async function exchangeAgain(port: number, call: RawCall): Promise<Outcome> {
  let outcome = await exchange(port, call);
  for (let again = 0; outcome.status === 503 && again < 100; again += 1) {
    await pause(500);
    outcome = await exchange(port, call);
  }
  return outcome;
}

async function write(call: RawCall, send: (bytes: Buffer) => void, end: () => void): Promise<void> {
  const { body, framing } = call;
  send(headOf(call));
  if (framing === 'length') send(body);
  if (framing === 'chunked' || framing === 'both') send(chunked(body));
  if (framing === 'cut') send(body.subarray(0, body.length / 2));
  if (framing === 'slow') {
    const part = Math.ceil(body.length / 3);
    for (const from of [0, part, 2 * part]) {
      send(body.subarray(from, from + part));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  if (framing === 'cut') end();
}

function headOf({ method, target, headers, body, framing }: RawCall): Buffer {
  const framingHeaders = {
    none: [],
    length: [`content-length: ${body.length}`],
    slow: [`content-length: ${body.length}`],
    cut: [`content-length: ${body.length + 1}`],
    chunked: ['transfer-encoding: chunked'],
    both: [`content-length: ${body.length}`, 'transfer-encoding: chunked'],
  }[framing];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...lines,
    ...framingHeaders,
    'connection: close',
    '',
    '',
  ];
  return Buffer.from(head.join('\r\n'), 'latin1');
}

function chunked(body: Buffer): Buffer {
  const size = Math.max(1, Math.ceil(body.length / 3));
  const parts: Buffer[] = [];
  for (let from = 0; from < body.length; from += size) {
    const part = body.subarray(from, from + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
