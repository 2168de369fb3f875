/**
 * Determines a caller's address. Callers can forge `X-Forwarded-For`, so only as many of its last entries
 * are trusted as the settings name own proxies.
 */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';

/** @param trustedProxies number of own proxies that every call has passed; 0: none */
export function createAddressReader(trustedProxies: number): (c: Context) => string {
  return (c) => {
    const direct = socketAddress(c);
    if (trustedProxies === 0) return network(direct);
    const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => one.trim());
    // With fewer proxies than configured, the caller itself wrote the other entries.
    return network(forwarded.at(-trustedProxies) || direct);
  };
}

function socketAddress(c: Context): string {
  const env = c.env as { readonly incoming?: IncomingMessage } | undefined;
  return env?.incoming?.socket.remoteAddress ?? '';
}

/** Some proxies append a port: `192.0.2.7:5678`, `[2001:db8::1]:443`. */
function withoutPort(address: string): string {
  return address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
}

/** A host with an IPv6 address usually has 2⁶⁴ of them, so that only the first half identifies it. */
export function network(address: string): string {
  const [bare = ''] = withoutPort(address.toLowerCase())
    .replace(/^::ffff:(?=[\d.]+$)/, '')
    .split('%');
  if (!bare.includes(':')) return bare;
  const [before = '', after] = bare.split('::');
  const front = before === '' ? [] : before.split(':');
  const back = after ? after.split(':') : [];
  const between = after === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: between }, () => '0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
