/** Controls of faults, agents' availability and the clock. */
import type { Hono } from 'hono';
import ms, { type StringValue } from 'ms';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { faultsSchema, type Faults } from '../faults.js';
import { iso, type Platform } from '../platform/platform.js';
import { channels } from '../seed.js';
import type { AgentStatus } from '../state.js';
import { findAgent } from './find.js';
import { ControlError, readJson } from './json.js';

const agentStatusSchema = z.record(
  z.string(),
  z.strictObject({
    /** One channel by name or id; absent: all channels. */
    channel: z.string().optional(),
    status: z.enum(['available', 'away']).nullable().optional(),
    busyness: z.enum(['unoccupied', 'ok', 'busy', 'full']).optional(),
  }),
);

const aDuration = 'expected a duration such as 25h, or milliseconds';
const advanceSchema = z.strictObject({
  advance: z
    .union([z.string().max(100), z.number()], { error: aDuration })
    .transform((value) => (typeof value === 'number' ? value : ms(value as StringValue)))
    .refine((value: number | undefined) => value !== undefined && value >= 0, aDuration),
});

export function faultRoutes(app: Hono, platform: Platform, faults: Faults, clock: Clock): void {
  app.get('/faults', (c) => c.json(faults.settings));
  app.put('/faults', async (c) => {
    const settings = await readJson(c, faultsSchema);
    faults.set(settings, c.req.query('customer'));
    clock.wake();
    return c.json(settings);
  });

  app.get('/agents', (c) => c.json(listAgentStatuses(platform)));
  app.put('/agents', async (c) => {
    for (const [name, wanted] of Object.entries(await readJson(c, agentStatusSchema))) {
      const agent = findAgent(platform, name);
      setAgentStatus(platform.state.agentStatuses[agent.id] ?? {}, wanted);
    }
    return c.json(listAgentStatuses(platform));
  });

  app.get('/clock', (c) => c.json({ now: iso(clock.now()) }));
  app.post('/clock', async (c) => {
    const { advance } = await readJson(c, advanceSchema);
    await clock.advance(Math.round(advance));
    return c.json({ now: iso(clock.now()) });
  });
}

function setAgentStatus(
  on: Record<string, AgentStatus>,
  { channel, status, busyness }: z.output<typeof agentStatusSchema>[string],
): void {
  const wanted = channel === undefined ? undefined : channelId(channel);
  for (const [id, agent] of Object.entries(on)) {
    if (wanted !== undefined && id !== wanted) continue;
    if (status !== undefined) agent.status = status;
    if (busyness !== undefined) agent.busyness = busyness;
  }
}

function channelId(given: string): string {
  const found = Object.entries(channels).find(([name, id]) => name === given || id === given);
  if (found) return found[1];
  const known = Object.keys(channels).join(', ');
  throw new ControlError(404, `channel: unknown ${given}; expected one of ${known}`, 'channel');
}

function listAgentStatuses({ state }: Platform): object {
  const named = Object.entries(state.agentStatuses).map(([id, statuses]) => [
    state.users[id]?.name ?? id,
    statuses,
  ]);
  return Object.fromEntries(named) as object;
}
