/** Shared settings of bots behind a URL. */
import { z } from 'zod';

const mebibyte = 1_048_576;

/**
 * Customers' text travels there: http only on this machine. Credentials belong in the environment, not in
 * settings.
 */
export const endpointUrl = z
  .url({ protocol: /^https?$/, error: 'expected a URL such as https://bot.example/answer' })
  .refine((url) => !/^\w+:\/\/[^/?#]*@/.test(url), 'expected no user or password in it');

export const endpoint = {
  /** Allows internal addresses: private, loopback, link-local. http: is then allowed, too. */
  allowPrivate: z.boolean().default(false),
  /** Limit of an answer's body, in bytes. */
  maxBytes: z.number().int().min(1).default(mebibyte),
};

/** Settings contain only the name of a secret's variable. */
export const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, 'expected the name of an environment variable');

/** For a schema with `url` and `allowPrivate`. */
export function isSafeUrl({ url, allowPrivate }: { url: string; allowPrivate: boolean }): boolean {
  return url.startsWith('https:') || allowPrivate;
}
export const unsafeUrl = {
  path: ['url'],
  message: 'expected https: plain http would expose customers’ messages',
};
