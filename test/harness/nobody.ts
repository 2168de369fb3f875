/** An address at which nobody listens, nor will: a port that was only closed is given to the next who asks for one. */
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';

export type Nobody = { readonly url: string; close(): Promise<void> };

/** The port is that of one end of a connection: it is taken, and refuses whoever calls it. */
export async function startNobody(): Promise<Nobody> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const [other] = (await accepted) as [ReturnType<typeof connect>];
  return {
    url: `http://127.0.0.1:${socket.localPort ?? 0}`,
    close() {
      socket.destroy();
      other.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
