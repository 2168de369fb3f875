/** The ingress asks its workers: over real HTTP, with workers that answer, hang, talk nonsense or are gone. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseText } from '../../runtime/metrics/text.js';
import type { Overview, Totals } from '../../api/operator/answers.js';
import { createSampler } from '../../api/operator/sampler.js';
import { sumTotals, computeTotals } from '../../api/operator/totals.js';
import { createWorkersReader } from '../../api/operator/worker-metrics.js';
import { afterBeats } from '../harness/beats.js';
import { startSilence } from '../harness/silence.js';
import { freePort } from '../../local/free-ports.js';

const served = `
baton_turns_total{source="chat",workflowType="thread"} 4
baton_turns_total{source="mail"} 2
baton_replies_total{source="chat"} 5
baton_conversations_ended_total{source="chat",contained="true"} 3
baton_conversations_ended_total{source="chat",contained="false"} 1
baton_crossed_replies_total{source="chat"} 1
baton_handovers_total{source="chat",reason="customerAsked"} 2
baton_handovers_total{source="mail",reason="customerAsked"} 1
baton_handovers_total{source="mail",reason="botFailed"} 0
baton_phase_seconds_bucket{source="chat",phase="bot",le="+Inf"} 2
baton_phase_seconds_count{source="chat",phase="bot"} 2
baton_phase_seconds_sum{source="chat",phase="bot"} 90.5
baton_waited_seconds_count{source="chat"} 1
baton_waited_seconds_sum{source="chat"} 30
baton_engage_budget_used 12
baton_engage_budget_allowed 500
`;
const totals: Totals = {
  turns: 6,
  replies: 5,
  ended: 4,
  contained: 3,
  crossedReplies: 1,
  duplicates: 0,
  handovers: { customerAsked: 3 },
  phaseSeconds: { bot: { count: 2, sum: 90.5 } },
  waited: { count: 1, sum: 30 },
  budget: { used: 12, allowed: 500 },
};
const parcels = { state: 'open', errors: 3, answers: 7, p50: 20, p95: 80 };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const worker: RequestListener = ({ url }, response) => {
  if (url === '/metrics') return void response.end(served);
  response.statusCode = url === '/healthz' ? 503 : 404;
  response.end(JSON.stringify({ status: 'not running', workers: [], bots: { parcels } }));
};

describe('the workers', () => {
  it('report their bots and figures, also an unhealthy one', async () => {
    const port = await serve(worker);
    const reader = createWorkersReader({ url: ` http://127.0.0.1:${port}/ ,` });
    const name = `127.0.0.1:${port}`;
    expect(await reader.read()).toEqual([
      { worker: name, isReachable: true, bots: { parcels }, totals },
    ]);
  });

  it('that are gone, hang or answer garbage count as unreachable, and the others are reported', async () => {
    const nonsense = await serve((_, response) => void response.end('<html>'));
    const silence = await startSilence();
    const ports = [await serve(worker), nonsense, silence.port, await freePort()];
    const url = ports.map((port) => `http://127.0.0.1:${port}`).join(',');
    const impatient = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => afterBeats(20, 50));
    const reports = await createWorkersReader({ url }).read();
    impatient.mockRestore();
    expect(reports.map(({ isReachable }) => isReachable)).toEqual([true, false, false, false]);
    expect(reports[3]).toEqual({
      worker: `127.0.0.1:${ports[3]}`,
      isReachable: false,
      bots: {},
      totals: undefined,
    });
    await silence.close();
  });

  it('behind one name are asked each, and each once', async () => {
    const addresses = ['10.255.255.2', '10.255.255.1', '::ffff:10.0.0.1'];
    const reader = createWorkersReader({
      url: 'http://worker:8081,http://10.255.255.1:8081',
      timeout: 50,
      addressesOf: (host) => Promise.resolve(host === 'worker' ? addresses : [host]),
    });
    const names = (await reader.read()).map((one) => one.worker);
    expect(names).toEqual(['10.255.255.1:8081', '10.255.255.2:8081', '[::ffff:a00:1]:8081']);
  });

  it('behind an unknown host name count as one unreachable worker', async () => {
    const addressesOf = () => Promise.reject(new Error('ENOTFOUND'));
    const reader = createWorkersReader({
      url: 'http://nobody.invalid:1',
      timeout: 500,
      addressesOf,
    });
    expect(await reader.read()).toMatchObject([{ worker: 'nobody.invalid:1', isReachable: false }]);
  });

  it('under several addresses of this machine are one', async () => {
    const port = await serve(worker);
    const addressesOf = () => Promise.resolve(['::1', '127.0.0.1']);
    const reader = createWorkersReader({ url: `http://localhost:${port}`, addressesOf });
    expect(await reader.read()).toHaveLength(1);
  });
});

describe('totals', () => {
  it('of nothing counted yet are 0', () => {
    expect(computeTotals(parseText(''))).toMatchObject({ turns: 0, ended: 0, handovers: {} });
  });

  it('of several workers are added; what the platform allows is one for all', () => {
    expect(sumTotals([totals, undefined, totals])).toEqual({
      turns: 12,
      replies: 10,
      ended: 8,
      contained: 6,
      crossedReplies: 2,
      duplicates: 0,
      handovers: { customerAsked: 6 },
      phaseSeconds: { bot: { count: 4, sum: 181 } },
      waited: { count: 2, sum: 60 },
      budget: { used: 24, allowed: 500 },
    });
    expect(sumTotals([undefined])).toBeUndefined();
  });
});

describe('the overview’s past', () => {
  const threads: Overview['threads'] = { bot: 1, handover: 2, agent: 3, attention: 0 };

  /** A clock that rings when the test says so. */
  function clock() {
    let now = 0;
    let ring: () => void = () => undefined;
    return {
      now: () => now,
      every: (_: number, run: () => void) => {
        ring = run;
        return () => (ring = () => undefined);
      },
      pass: (ms: number) => {
        now += ms;
        ring();
      },
    };
  }

  it('has one line for each look, oldest first, and only the newest', async () => {
    const time = clock();
    const report = { worker: 'one', isReachable: true, bots: {}, totals };
    const read = () => Promise.resolve([report, { ...report, totals: undefined }]);
    const counts = () => Promise.resolve(threads);
    const sampler = createSampler({ read, counts, keep: 2, clock: time });
    for (const at of [1, 2, 3]) {
      time.pass(10_000);
      // The look the clock has begun; none begins beside it.
      await sampler.look();
      expect(sampler.series()).toHaveLength(Math.min(at, 2));
    }
    const seen = ['1970-01-01T00:00:20.000Z', '1970-01-01T00:00:30.000Z'];
    expect(sampler.series()).toEqual(seen.map((at) => ({ at, threads, totals })));
    sampler.close();
    time.pass(10_000);
    expect(sampler.series()).toHaveLength(2);
  });

  it('has a gap while Temporal was unreachable, and no totals without a worker', async () => {
    let isAway = true;
    const counts = () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(threads));
    const sampler = createSampler({ counts });
    await sampler.look();
    isAway = false;
    await sampler.look();
    expect(sampler.series()).toMatchObject([{ threads, totals: null }]);
    sampler.close();
  });
});
