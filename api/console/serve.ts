/**
 * `/console`: one page for team leads and operators, whatever the path below. What is served here is for
 * everybody, logged in or not: a shell and code, never a word of a conversation. Those come from
 * `/operator`, to whoever may see them.
 */
import { Hono, type Context } from 'hono';
import { compress } from 'hono/compress';
import { bundleForBrowser, type BrowserCode } from '../../process/browser-page.js';

const entry = new URL('./page/main.tsx', import.meta.url);

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

export function createConsole(): Hono {
  const app = new Hono();
  const code = once(() => bundleForBrowser(entry));

  app.use('*', async (c, next) => {
    await next();
    c.header('content-security-policy', policy);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
  });
  app.get('/assets/:file', compress(), async (c) => asset(c, await code(), c.req.param('file')));
  app.get('*', async (c) => {
    const { version } = await code();
    return c.html(shell(version), 200, { 'cache-control': 'no-store' });
  });
  return app;
}

/** A name that is not of this version is of another ingress's: a page that asks for it is to be reloaded. */
function asset(c: Context, code: BrowserCode, file: string): Response {
  const kind = file === `${code.version}.js` ? 'js' : 'css';
  if (file !== `${code.version}.${kind}`) {
    const message = 'there is no such asset, or no more: reload the page';
    return c.json({ error: 'not_found', message }, 404, { 'cache-control': 'no-store' });
  }
  return c.body(kind === 'js' ? code.script : code.styles, 200, {
    'content-type': types[kind],
    'cache-control': 'public, max-age=31536000, immutable',
  });
}

/** Bundled when first asked for; a failure is not remembered. */
function once(make: () => Promise<BrowserCode>): () => Promise<BrowserCode> {
  let made: Promise<BrowserCode> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

function shell(version: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Baton</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/assets/${version}.css">
<script type="module" src="/console/assets/${version}.js"></script>
</head>
<body>
<div id="console"><noscript>The console needs JavaScript.</noscript></div>
</body>
</html>
`;
}
