/** A proxy between two processes whose calls can be held at a gate and whose connections can be cut. */
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Gate } from './gate.js';

export type Wire = {
  /** To connect to in place of the target: `127.0.0.1:4711`. */
  readonly address: string;
  readonly gate: Gate;
  /** Resets every open connection; new ones are accepted. */
  cut(): void;
  close(): Promise<void>;
};

/** Listens on a free port and keeps track of connections. */
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
