/**
 * From which address a call comes. A header says what its sender likes: `X-Forwarded-For` is believed
 * only as far as the settings say that proxies of ours have written it, from its end.
 */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';

/** @param trustedProxies how many proxies of ours every call has passed; 0: none */
export function createAddressOf(trustedProxies: number): (c: Context) => string {
  return (c) => {
    const direct = socketAddress(c);
    if (trustedProxies === 0) return network(direct);
    const told = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => one.trim());
    // Who came by fewer proxies has told the rest by themselves.
    return network(told.at(-trustedProxies) || direct);
  };
}

function socketAddress(c: Context): string {
  const env = c.env as { readonly incoming?: IncomingMessage } | undefined;
  return env?.incoming?.socket.remoteAddress ?? '';
}

/** Some proxies write one: `192.0.2.7:5678`, `[2001:db8::1]:443`. */
function withoutPort(address: string): string {
  return address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
}

/** Of IPv6, whoever has one address has 2⁶⁴ of them: the first half is who they are. */
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
