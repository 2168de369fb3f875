/**
 * The page at the simulator's root: a customer, an agent's desk and Baton's view of their conversation,
 * for a browser; below it, how to knock at each door from a terminal. Its code is bundled when it is
 * first asked for.
 */
import type { Hono } from 'hono';
import { bundleForBrowser, type BrowserCode } from '../../process/browser-page.js';
import { doorsForTerminals } from './terminals.js';

const entry = new URL('../page/main.tsx', import.meta.url);

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function pageRoutes(app: Hono): void {
  let bundling: Promise<BrowserCode> | undefined;
  const code = () => {
    bundling ??= bundleForBrowser(entry).catch((error: unknown) => {
      bundling = undefined;
      throw error;
    });
    return bundling;
  };
  app.get('/', async (c) => {
    c.header('content-security-policy', policy);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
    return c.html(shell((await code()).version));
  });
  const file = (type: string) => ({
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  app.get('/page/:file', async (c) => {
    const { script, styles, version } = await code();
    const name = c.req.param('file');
    if (name === `${version}.js`) return c.body(script, 200, file('text/javascript'));
    if (name === `${version}.css`) return c.body(styles, 200, file('text/css'));
    return c.notFound();
  });
}

const shell = (version: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Simulated Engage Digital</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/${version}.css">
<script type="module" src="/page/${version}.js"></script>
<div id="page"><noscript>This page needs JavaScript; the doors below do not.</noscript></div>
${doorsForTerminals}
</html>
`;
