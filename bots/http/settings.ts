/** What settings of bots behind an address have in common. */
import { z } from 'zod';

const mebibyte = 1_048_576;

/**
 * Customers' words travel there: in clear only where nobody is between. A user or password belongs into
 * the environment, not into settings.
 */
export const endpointUrl = z
  .url({ protocol: /^https?$/, error: 'expected a URL such as https://bot.example/answer' })
  .refine((url) => !/^\w+:\/\/[^/?#]*@/.test(url), 'expected no user or password in it');

export const endpoint = {
  /** May it lead to an address inside: private, loopback, link-local? Then http: is good enough, too. */
  allowPrivate: z.boolean().default(false),
  /** Of an answer's body. */
  maxBytes: z.number().int().min(1).default(mebibyte),
};

/** Of a secret, settings hold the name only. */
export const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, 'expected the name of an environment variable');

/** For a schema with `url` and `endpoint`. */
export function isSafeUrl({ url, allowPrivate }: { url: string; allowPrivate: boolean }): boolean {
  return url.startsWith('https:') || allowPrivate;
}
export const unsafeUrl = {
  path: ['url'],
  message: 'expected https: customers’ words would travel in clear',
};
