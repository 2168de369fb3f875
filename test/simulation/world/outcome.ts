import { createHash } from 'node:crypto';
import type { World } from './world.js';
export async function outcomeOf(world: World): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify(world.simulator.platform.state))
    .digest('hex')
    .slice(0, 16);
}
