/** A port that leads to another one, as a network that has come back does. */
import { connect, createServer, type Socket } from 'node:net';

export type Passage = { close(): Promise<void> };

/** @param address where it leads: a host and a port */
export async function openPassage(port: number, address: string): Promise<Passage> {
  const { hostname: host, port: far } = new URL(`tcp://${address}`);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    const there = keep(connect({ host, port: Number(far) }));
    keep(near).pipe(there).pipe(near);
    near.once('close', () => there.destroy());
    there.once('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
