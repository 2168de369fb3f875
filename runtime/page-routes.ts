/**
 * Routes of a browser page: a shell for each of its paths, its script and its styles. The content security
 * policy forbids resources and frames of other origins. Script and styles have hashed names and may be
 * cached for ever; the shell may not.
 */
import type { Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { bundleForBrowser, type BrowserCode } from './browser-page.js';

export type PageOptions = {
  /** A `.tsx` file. */
  readonly entry: URL;
  readonly title: string;
  /** Prefix of every path, as a browser sees it: `/console`, or empty. */
  readonly at: string;
  /** Path of script and styles, below the prefix. */
  readonly assets: string;
  /** Paths that serve the shell. */
  readonly pages: readonly string[];
  readonly noScript: string;
  /** HTML after the page's root element. */
  readonly below?: string;
};

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

const types = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

export function pageRoutes(app: Hono, options: PageOptions): void {
  const code = once(() => bundleForBrowser(options.entry));
  app.get(`${options.assets}/:file`, compress(), async (c) => {
    guard(c);
    return asset(c, await code(), c.req.param('file'));
  });
  for (const path of options.pages) {
    app.get(path, async (c) => {
      guard(c);
      c.header('cache-control', 'no-store');
      return c.html(shell(options, (await code()).version));
    });
  }
}

function guard(c: Context): void {
  c.header('content-security-policy', policy);
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
}

/** An unknown hash belongs to another version: the page that requests it has to be reloaded. */
function asset(c: Context, code: BrowserCode, file: string): Response {
  const kind = file === `${code.version}.js` ? 'js' : 'css';
  if (file !== `${code.version}.${kind}`) {
    const message = 'no such asset in this version: reload the page';
    return c.json({ error: 'not_found', message }, 404, { 'cache-control': 'no-store' });
  }
  return c.body(kind === 'js' ? code.script : code.styles, 200, {
    'content-type': types[kind],
    'cache-control': 'public, max-age=31536000, immutable',
  });
}

/** Bundles on the first request; a failure is not cached. */
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

function shell({ title, at, assets, noScript, below = '' }: PageOptions, version: string): string {
  const code = `${at}${assets}/${version}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${code}.css">
<script type="module" src="${code}.js"></script>
</head>
<body>
<div id="page"><noscript>${noScript}</noscript></div>
${below}
</body>
</html>
`;
}
