/**
 * `/console`: one page for team leads and operators, whatever the path below. What is served here is for
 * everybody, logged in or not: a shell and code, never a word of a conversation. Those come from
 * `/operator`, to whoever may see them.
 */
import { Hono } from 'hono';
import { pageRoutes } from '../../runtime/page-routes.js';

export function createConsole(): Hono {
  const app = new Hono();
  pageRoutes(app, {
    entry: new URL('./page/main.tsx', import.meta.url),
    title: 'Baton',
    at: '/console',
    assets: '/assets',
    pages: ['*'],
    noScript: 'The console needs JavaScript.',
  });
  return app;
}
