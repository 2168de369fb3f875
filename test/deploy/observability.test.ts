/**
 * What watches Baton, held to what Baton serves: the dashboard, the alerts and the list in
 * docs/operations/ speak of metrics that a running ingress and worker really have, after a conversation
 * with a handover; and neither numbers nor logs hold a word of it.
 */
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkersReader } from '../../api/operator/worker-metrics.js';
import { parseText, type Sample } from '../../runtime/metrics/text.js';
import { Conversation } from '../harness/conversation.js';
import { startRealStack, type RealStack } from '../harness/real-stack.js';
import { read } from '../harness/source-files.js';
import { secrets } from '../harness/world.js';
import { alerts, expressions, findFlaws, metricsIn, panels } from './expressions.js';
import { eventually } from '../harness/eventually.js';

const monitoring = read('docs/operations/monitoring.md');
const runbooks = read('docs/operations/runbooks.md');

let stack: RealStack;
let ana: Conversation;
let [api, worker] = ['', ''];

beforeAll(async () => {
  stack = await startRealStack();
});
afterAll(() => stack.stop());

// What follows looks at what is served then.
it('a conversation with a handover is played, and both roles say so', async () => {
  await stack.untilReady();
  const { temporal, platform } = stack;
  ana = new Conversation({ temporal, control: platform.control });
  await ana.says('hello, I am canary Tweety');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  await ana.says('a human please, says canary Tweety');
  await ana.untilPhase('handover');
  await ana.untilQuiet();
  await untilAnotherSecond();
  await ana.agent('reply', { body: 'canary Sylvester here' });
  await ana.untilPhase('agent');
  await ana.untilDelivered();
  const headers = { authorization: `Bearer ${secrets.BATON_OPERATOR_TOKEN}` };
  for (const path of ['emergency', ana.thread]) {
    await fetch(`${stack.api}/operator/${path}`, { headers });
  }
  const scrape = async (url: string) => (await fetch(`${url}/metrics`)).text();
  [api, worker] = [await scrape(stack.api), await scrape(stack.worker)];
  expect(valueOf(api, 'baton_deliveries_total', { outcome: 'accepted' })).toBeGreaterThan(2);
  expect(valueOf(worker, 'baton_turns_total', { source: 'chat' })).toBe(2);
});

/** The platform dates to the second: whoever speaks within the bot's own may have crossed it. */
async function untilAnotherSecond(): Promise<void> {
  const next = (Math.floor(Date.now() / 1_000) + 1) * 1_000;
  await eventually(() => Date.now()).toBeGreaterThan(next);
}

function valueOf(text: string, name: string, labels: Sample['labels'] = {}): number | undefined {
  const wanted = Object.entries(labels);
  return parseText(text).find(
    (one) => one.name === name && wanted.every(([key, value]) => one.labels[key] === value),
  )?.value;
}

/** Ours, by name: what `# TYPE` lines say. */
function ownMetrics(text: string): readonly string[] {
  return [...text.matchAll(/^# TYPE (baton_\w+) (\w+)$/gm)].map(([, name, type]) =>
    [name, type].join(' '),
  );
}

describe('expressions', () => {
  it.each(expressions)('of %s are sound', (_, expr) => {
    expect(findFlaws(expr)).toEqual([]);
    expect(metricsIn(expr)).not.toEqual([]);
  });

  it('negative control: an invalid one is found, and so is a metric that does not exist', () => {
    expect(findFlaws('sum by (source (rate(baton_crossed_replies_total[5m]))')).not.toEqual([]);
    expect(metricsIn('rate(baton_lekas_total{a="b"}[5m]) / foo')).toEqual([
      'baton_lekas_total',
      'foo',
    ]);
  });

  it('ask only for what is served', () => {
    const served = new Set(parseText(`${api}\n${worker}`).map(({ name }) => name));
    const unserved = expressions.flatMap(([where, expr]) =>
      metricsIn(expr).flatMap((name) => (served.has(name) ? [] : [`${where}: ${name}`])),
    );
    expect(unserved).toEqual([]);
  });

  it('have a bucket of one minute, for the alert on old outbox items', () => {
    expect(valueOf(worker, 'baton_outbox_age_seconds_bucket', { le: '60' })).toBeGreaterThan(0);
  });
});

describe('alerts', () => {
  it('have one name each, a severity, a summary, a description and a runbook that exists', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    const chapter = /^## Prometheus alerts\n(.*?)^## /ms.exec(runbooks)?.[1] ?? '';
    const documented = [...chapter.matchAll(/^### (\w+)\n(.+)$/gm)].map(([, name]) => name);
    expect(documented).toEqual(alerts.map(({ alert }) => alert));
    for (const { alert, labels, annotations } of alerts) {
      expect(['critical', 'warning'], alert).toContain(labels['severity']);
      expect(annotations['summary'], alert).toBeTruthy();
      expect(annotations['description'], alert).toBeTruthy();
      expect(annotations['runbook_url']).toBe(`docs/operations/runbooks.md#${alert.toLowerCase()}`);
    }
  });
});

describe('the dashboard', () => {
  it('has panels with titles that do not lie over each other', () => {
    const taken = new Set<string>();
    for (const { title, gridPos } of panels) {
      expect(title).toBeTruthy();
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x},${y}`), title).toBe(false);
          taken.add(`${x},${y}`);
        }
      }
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    }
  });
});

describe('the scrape example', () => {
  it('reads the alerts, and asks at the ports of docker-compose.yml', () => {
    const { rule_files: files, scrape_configs: jobs } = parse(
      read('deploy/prometheus/prometheus.yml'),
    ) as {
      rule_files: string[];
      scrape_configs: { dns_sd_configs: { names: string[]; port: number }[] }[];
    };
    expect(files).toEqual(['alerts.yml']);
    const compose = read('docker-compose.yml');
    const asked = jobs.flatMap(({ dns_sd_configs: found }) => found);
    expect(asked.map(({ names }) => names).flat()).toEqual(['api', 'worker']);
    for (const { port } of asked) expect(compose).toContain(`http://127.0.0.1:${port}/`);
  });
});

describe('docs/operations/monitoring.md', () => {
  it('lists every metric that is ours, with its role and type, and no other', () => {
    const rows = [...monitoring.matchAll(/^\| `(baton_\w+)` \| (\w+) \| (\w+) \|/gm)];
    const listed = rows.map(([, name, role, type]) => [role, name, type].join(' '));
    const served = [
      ...ownMetrics(api).map((one) => `ingress ${one}`),
      ...ownMetrics(worker).map((one) => `worker ${one}`),
    ];
    expect(listed.toSorted()).toEqual(served.toSorted());
  });
});

describe('the numbers', () => {
  it('display the conversation of the scenario', async () => {
    const [report] = await createWorkersReader({ url: stack.worker }).read();
    expect(report).toMatchObject({
      isReachable: true,
      bots: { tester: { state: 'closed' } },
      totals: {
        turns: 2,
        replies: 2,
        crossedReplies: 0,
        ended: 0,
        handovers: { customerAsked: 1 },
      },
    });
    expect(report?.totals?.waited.count).toBe(1);
    expect(report?.totals?.phaseSeconds).toMatchObject({
      bot: { count: 1 },
      handover: { count: 1 },
    });
    expect(report?.totals?.budget.used).toBeGreaterThan(4);
    const route = '/operator/emergency';
    expect(valueOf(api, 'baton_operator_calls_total', { route, status: '200' })).toBe(1);
    expect(valueOf(api, 'baton_operator_calls_total', { route: 'other', status: '404' })).toBe(1);
  });

  it('show each counter from 0: what first appears as 1 has never risen', () => {
    expect(valueOf(worker, 'baton_crossed_replies_total', { source: 'chat' })).toBe(0);
    expect(valueOf(worker, 'baton_attention_total', { code: 'nobodyComes' })).toBe(0);
    // Not beside what threads count, but the same series.
    const turns = parseText(worker).filter(
      ({ name, labels }) => name === 'baton_turns_total' && labels['source'] === 'chat',
    );
    expect(turns.map(({ value }) => value)).toEqual([2]);
  });

  it('hold no id and no word of anybody', () => {
    for (const text of [api, worker]) {
      expect(text).not.toMatch(/canary|Tweety|Sylvester|human please/);
      expect(text).not.toContain(ana.thread);
    }
  });
});

describe('the logs', () => {
  it('tell each turn’s beginning and end, by thread and phase, and no word of anybody', () => {
    const lines = stack
      .logged()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const turns = lines.filter(({ msg }) => /^turn /.test(String(msg)));
    expect(turns.map(({ msg, phase, came }) => [msg, phase, came])).toEqual([
      ['turn begins', 'bot', undefined],
      ['turn ends', 'bot', 'answered'],
      ['turn begins', 'bot', undefined],
      ['turn ends', 'handover', 'handedOver'],
    ]);
    for (const line of turns) {
      expect(line).toMatchObject({ threadId: ana.thread, role: 'worker' });
      expect(line['workflowId']).toContain(ana.thread);
    }
    expect(stack.logged()).not.toMatch(/canary|Tweety|Sylvester|human please/);
  });
});
