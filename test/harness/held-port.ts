/** A port that somebody else has, as a stranger's program on the same machine. */
import { createServer, type Server } from 'node:net';

/** Listens there. Rejects when the port is taken. */
export function hold(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

export function release(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
