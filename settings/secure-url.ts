/** Addresses of which nobody between may read what travels: https, or this machine, where nobody is between. */
import { z } from 'zod';

const thisMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isOnThisMachine(url: string): boolean {
  return URL.canParse(url) && thisMachine.has(new URL(url).hostname);
}

/** @param expected such as `a URL such as https://…`; `travels`: what would be read, such as `the token` */
export function secureUrl({ expected, travels }: { expected: string; travels: string }) {
  return z.url({ protocol: /^https?$/, error: `expected ${expected}` }).refine(
    // What is no URL is told as that, and not as this too.
    (url) => !URL.canParse(url) || url.startsWith('https:') || isOnThisMachine(url),
    `expected https: ${travels} would travel in clear`,
  );
}
