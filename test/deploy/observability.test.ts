/**
 * What watches Baton, held to what Baton serves: the dashboard, the alerts and the list in
 * docs/operations.md speak of metrics that a running ingress and worker really have.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDoors } from '../../simulator/door-client.js';
import { Conversation } from '../support/conversation.js';
import { startRealHouse, type RealHouse } from '../support/real-house.js';

const patience = { timeout: 60_000, interval: 250 };
let house: RealHouse;
beforeAll(async () => {
  house = await startRealHouse();
}, 120_000);
afterAll(() => house.stop(), 60_000);

const get = async (url: string) => (await fetch(url)).text();

describe('a', () => {
  it('b', { timeout: 120_000 }, async () => {
    await expect
      .poll(() => fetch(`${house.worker}/healthz`).then((r) => r.status, () => 0), patience)
      .toBe(200);
    await expect
      .poll(() => fetch(`${house.api}/readyz`).then((r) => r.status, () => 0), patience)
      .toBe(200);
    const ana = new Conversation({ temporal: house.temporal, doors: openDoors(house.simulator.url) });
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.says('a human please');
    await ana.untilPhase('handover');
    await ana.agent('takeTask').catch((e) => console.log(String(e)));
    await ana.agent('reply', { body: 'hi' }).catch((e) => console.log(String(e)));
    await ana.untilPhase('agent');
    writeFileSync('/tmp/m-api.txt', await get(`${house.api}/metrics`));
    writeFileSync('/tmp/m-worker.txt', await get(`${house.worker}/metrics`));
    writeFileSync('/tmp/m-log.txt', house.logged());
  });
});
