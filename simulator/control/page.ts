/**
 * The page at the simulator's root: a customer, an agent's view and Baton's view of their conversation,
 * followed by curl commands for each control.
 */
import type { Hono } from 'hono';
import { pageRoutes } from '../../runtime/page-routes.js';
import { controlForTerminals } from './terminals.js';

export function simulatorPage(app: Hono): void {
  pageRoutes(app, {
    entry: new URL('../page/main.tsx', import.meta.url),
    title: 'Simulated Engage Digital',
    at: '',
    assets: '/page',
    pages: ['/'],
    noScript: 'This page needs JavaScript; the endpoints below do not.',
    below: controlForTerminals,
  });
}
