/** URLs whose traffic must not be readable on the way: https, or a host on this machine. */
import { z } from 'zod';

const thisMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isOnThisMachine(url: string): boolean {
  return URL.canParse(url) && thisMachine.has(new URL(url).hostname);
}

/** @param expected such as `a URL such as https://…`; `travels`: what could be read, such as `the token` */
export function secureUrl({ expected, travels }: { expected: string; travels: string }) {
  return z.url({ protocol: /^https?$/, error: `expected ${expected}` }).refine(
    // An invalid URL is reported as such, and not by this check, too.
    (url) => !URL.canParse(url) || url.startsWith('https:') || isOnThisMachine(url),
    `expected https: ${travels} would travel in clear`,
  );
}
