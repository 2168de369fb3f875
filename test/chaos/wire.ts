/** A connection between two processes that can be held at a gate and cut: what both proxies are. */
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Gate } from './hold-point.js';

export type Wire = {
  /** Where to connect to in place of the real thing: `127.0.0.1:4711`. */
  readonly address: string;
  readonly gate: Gate;
  /** Every connection through it is reset now; new ones are taken. */
  cut(): void;
  close(): Promise<void>;
};

/** Listens, and remembers who is connected. */
export async function wireOf(server: Server, gate: Gate): Promise<Wire> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    gate,
    cut,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      gate.open('is lost');
      cut();
      await closed;
    },
  };
}
