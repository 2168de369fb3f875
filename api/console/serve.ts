/**
 * `/console`: one page for team leads and operators, for every path below it. It is public: the page holds
 * code only and no conversation. Conversations come from `/operator`, which checks the caller's rights.
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
