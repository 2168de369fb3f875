/**
 * Decides which addresses a bot may be called at. Checked when connecting, on the very addresses that are
 * connected to, which prevents DNS rebinding.
 */
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Cloud metadata services, which hand out credentials: never allowed, whatever the settings. */
const metadata = new Set([
  ...['169.254.169.254', '169.254.170.2', '100.100.100.200', '192.0.0.192'],
  ...['168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254'],
]);

/** Internal ranges, allowed only by a setting. */
const inside = new Set(['private', 'loopback', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);

/** Why the address is refused, in one word; `undefined` when it is allowed. */
export function findRefusal(address: string, allowPrivate: boolean): string | undefined {
  if (!ipaddr.isValid(address)) return 'not an address';
  const real = embedded(ipaddr.process(address));
  if (metadata.has(real.toString())) return 'metadata';
  const range = real.range();
  if (range === 'unicast') return isGlobal(real) ? undefined : 'reserved';
  return allowPrivate && inside.has(range) ? undefined : range;
}

/**
 * Of IPv6 only 2000::/3 is global unicast; `ipaddr.js` has no range name for others such as `::127.0.0.1`.
 */
function isGlobal(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [first = 0] = address.toByteArray();
  return address.kind() === 'ipv4' || first >> 5 === 1;
}

/** An IPv6 address may embed an IPv4 one (RFC 6052); `process` unwraps only the mapped form. */
function embedded(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  return address.range() === 'rfc6052'
    ? ipaddr.fromByteArray(address.toByteArray().slice(12))
    : address;
}

/** The address if a URL's host is a literal, without a look-up. */
export function parseLiteral(host: string): string | undefined {
  const bare = host.replace(/^\[|\]$/g, '');
  return isIP(bare) ? bare : undefined;
}

/** Fails if any address of a name is refused, because the choice among them is not ours. */
export function guardedLookup(
  refuse: (hostname: string, address: string) => Error | undefined,
  lookup: LookupFunction = dnsLookup,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const refusals = listed(found).map(({ address }) => refuse(hostname, address));
      const refusal = error ?? refusals.find((one) => one !== undefined);
      const [first] = listed(found);
      if (refusal || !first) callback(refusal ?? noAddress(), options.all ? [] : '');
      else if (options.all) callback(null, listed(found));
      else callback(null, first.address, first.family);
    });
  };
}

function noAddress(): NodeJS.ErrnoException {
  return Object.assign(new Error('the name has no address'), { code: 'ENOTFOUND' });
}

/** After an error there is no value, despite the types. */
function listed(found: string | LookupAddress[] | undefined): LookupAddress[] {
  if (!found) return [];
  return typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
}
