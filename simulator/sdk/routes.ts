/** All routes of custom channels. */
import type { Hono } from 'hono';
import type { Faults } from '../faults.js';
import type { Platform } from '../platform/platform.js';
import type { Channels } from './channel.js';
import { sdkRoutes_ } from './control.js';
import { realtimeRoutes } from './realtime.js';

export function sdkRoutes(
  app: Hono,
  platform: Platform,
  { faults, channels }: { readonly faults: Faults; readonly channels: Channels },
): void {
  realtimeRoutes(app, platform, faults);
  sdkRoutes_(app, platform, channels);
}
