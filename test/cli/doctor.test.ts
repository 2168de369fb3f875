/**
 * The doctor at the simulated account: a healthy one passes, and each thing an account can have wrong is
 * named, with where it is mended; nothing else is.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { examine, type Patient } from '../../cli/doctor/check-all.js';
import type { Finding } from '../../cli/doctor/finding.js';
import { formatFindings } from '../../cli/doctor/format.js';
import { parseConfig } from '../../settings/load-config.js';
import { newState } from '../../simulator/new-state.js';
import {
  categories,
  identities,
  ownerCategory,
  roles,
  sources,
  topologyId,
  users,
  webhookId,
} from '../../simulator/seed.js';
import type { State } from '../../simulator/state.js';
import { openSimulator, token, type OpenSimulator } from '../simulator/setup.js';
import { eventually } from '../harness/eventually.js';
import { runCommand } from '../harness/run-command.js';
import { root } from '../harness/source-files.js';
import { startTemporal } from '../harness/temporal.js';
import { testConfig } from '../harness/test-config.js';

const account = newState();
let simulator: OpenSimulator;
let temporal: Awaited<ReturnType<typeof startTemporal>>;
let patient: Patient;
let webhook: State['webhooks'][string];

beforeAll(async () => {
  temporal = await startTemporal();
  simulator = await openSimulator({ account, requestsPerMinute: 100_000 });
  await eventually(() => account.webhooks[webhookId]?.webhook_status).toBe('enabled');
  webhook = structuredClone(account.webhooks[webhookId]!);
  patient = {
    business: parseConfig(testConfig({ engageTimeout: '1m' })),
    temporal: {
      namespace: temporal.namespace ?? 'default',
      connection: { address: temporal.address },
    },
    engage: { url: simulator.url, token },
    webhookUrl: simulator.receiver.url,
  };
});
beforeEach(() => {
  const { users: people, roles: all, sources: some, categories: sets, topologies } = newState();
  const fresh = { users: people, roles: all, sources: some, categories: sets, topologies };
  const webhooks = { [webhookId]: structuredClone(webhook) };
  Object.assign(account, fresh, { identities: newState().identities, webhooks });
});
afterAll(async () => {
  await simulator.stop();
  await temporal.teardown();
});

function errorsIn(findings: readonly Finding[]): readonly string[] {
  return findings.filter(({ level }) => level === 'error').map(({ about }) => about);
}

it('a healthy account passes; what no API shows is said, not passed over', async () => {
  const findings = await examine(patient);
  expect(errorsIn(findings)).toEqual([]);
  const of = (level: string) =>
    findings.filter((one) => one.level === level).map((one) => one.about);
  expect(of('unseen')).toEqual(['token', 'webhook-sources', 'emergency-rule']);
  // No worker has run beside this server.
  expect(of('warning')).toEqual(['directory']);
});

type Misconfiguration = readonly [string, (of: State) => void, string, RegExp];

const misconfigurations: readonly Misconfiguration[] = [
  [
    'the bot may not reply',
    ({ users: all }) => (all[users.bot]!.sources[sources.chat] = ['read']),
    'bot-rights',
    /may not reply on source chat/,
  ],
  [
    'the bot’s replies need approval',
    ({ users: all }) =>
      (all[users.bot]!.sources[sources.chat] = ['read', 'reply', 'approval_required']),
    'bot-rights',
    /wait for approval/,
  ],
  [
    'the bot’s user is disabled',
    ({ users: all }) => (all[users.bot]!.enabled = false),
    'bot-user',
    /disabled/,
  ],
  [
    'the role may not monitor tasks',
    ({ roles: all }) => (all[roles.bot]!.monitor_tasks = false),
    'bot-role',
    /monitor tasks/,
  ],
  [
    'the brand’s identity is not the bot’s',
    ({ identities: all }) => (all[identities.brand]!.user_ids = [users['agent-1']]),
    'identity',
    /no controlled identity in the community of chat, messages/,
  ],
  [
    'a category is gone',
    (of) => {
      of.categories = Object.fromEntries(
        Object.entries(of.categories).filter(([id]) => id !== categories.agent),
      );
    },
    'categories',
    new RegExp(`no category ${categories.agent}`),
  ],
  [
    'a human has the bot’s category',
    ({ users: all }) => all[users['agent-1']]!.category_ids.push(categories.bot),
    'skills',
    new RegExp(users['agent-1']),
  ],
  [
    'no agent has the agents’ category',
    ({ users: all }) => {
      for (const one of Object.values(all)) one.category_ids = [];
    },
    'skills',
    /handovers are never accepted/,
  ],
  [
    'humans may not reply',
    ({ users: all }) => {
      for (const name of ['agent-1', 'agent-2', 'agent-3'] as const) {
        all[users[name]]!.sources[sources.chat] = ['read'];
      }
    },
    'skills',
    /none of the first of them may reply on chat/,
  ],
  [
    'new threads do not go to the bot',
    ({ sources: all }) => (all[sources.messages]!.default_category_ids = [categories.billing]),
    'default-categories',
    /messages do not get the bot’s category/,
  ],
  [
    'the source is not active',
    ({ sources: all }) => (all[sources.chat]!.active = false),
    'source',
    /chat is not active/,
  ],
  [
    'the source is in no channel',
    ({ sources: all }) => (all[sources.chat]!.channel_id = 'nowhere'),
    'channel',
    /chat is in no channel/,
  ],
  [
    'the "anyone" step lasts',
    ({ topologies: all }) => (all[topologyId]!.config.steps[1]!.duration = 60),
    'topology',
    /are offered/,
  ],
  [
    'the webhook sends elsewhere',
    ({ webhooks: all }) => (all[webhookId]!.url = 'https://old.example/webhooks/engage'),
    'webhook',
    /old\.example/,
  ],
  [
    'the webhook is not active',
    ({ webhooks: all }) => (all[webhookId]!.active = false),
    'webhook',
    /not active/,
  ],
  [
    'the webhook lacks an event',
    ({ webhooks: all }) => (all[webhookId]!.registered_events = ['content.imported']),
    'webhook',
    /not registered for .*intervention\.closed/,
  ],
  [
    'the webhook is suspended',
    ({ webhooks: all }) => (all[webhookId]!.webhook_status = 'suspended'),
    'webhook',
    /suspended/,
  ],
];

describe('one thing is wrong, and one thing is named', () => {
  it.each(misconfigurations)('%s', async (_, spoil, about, words) => {
    spoil(account);
    const findings = await examine(patient);
    const wrong = findings.filter(({ level }) => level === 'error');
    expect(errorsIn(findings)).toEqual([about]);
    expect(wrong[0]?.what).toMatch(words);
    expect(wrong[0]?.mend).toBeTruthy();
  });

  it('ids of the file that are nowhere', async () => {
    const { bot } = categories;
    const config = testConfig({ source: { teams: ['no-team'] } });
    const { chat } = config.sources;
    const business = parseConfig({
      ...config,
      botUser: { userId: users.bot, identityIds: ['no-identity'] },
      sources: { chat: { ...chat!, id: 'no-source', categories: { bot, agent: 'no-category' } } },
    });
    const findings = await examine({ ...patient, business });
    const wrong = findings.filter(({ level }) => level === 'error').map(({ what }) => what);
    for (const id of ['no-identity', 'no-source', 'no-category', 'no-team']) {
      expect(wrong.join('\n')).toContain(id);
    }
  });
});

describe('what is less than wrong', () => {
  it.each<[string, (of: State) => void, string]>([
    [
      'the parent is multiple',
      (of) => (of.categories[ownerCategory]!.multiple = true),
      'categories',
    ],
    ['the role may not search', (of) => (of.roles[roles.bot]!.search_event = false), 'bot-role'],
    ['other delays', (of) => (of.sources[sources.chat]!.time_for_thread_inclusion = 60), 'source'],
  ])('%s: a warning', async (_, spoil, about) => {
    spoil(account);
    const findings = await examine(patient);
    expect(errorsIn(findings)).toEqual([]);
    expect(findings.filter(({ level }) => level === 'warning').map((one) => one.about)).toContain(
      about,
    );
  });

  it('what the token may not see is left to a person', async () => {
    await simulator.control.faults({
      '403': { on: ['GET /topologies', 'GET /webhooks', 'GET /roles'] },
    });
    const findings = await examine(patient);
    await simulator.control.faults({});
    expect(errorsIn(findings)).toEqual([]);
    const unseen = findings.filter(({ level }) => level === 'unseen').map(({ about }) => about);
    expect(unseen).toEqual(expect.arrayContaining(['topology', 'webhook', 'bot-role']));
  });
});

describe('nobody answers', () => {
  it('a wrong token is one error', async () => {
    const engage = { ...patient.engage, token: 'another-token' };
    expect(errorsIn(await examine({ ...patient, engage }))).toEqual(['token']);
  });
  it('a platform that is not there is one error', async () => {
    const engage = { ...patient.engage, url: 'http://127.0.0.1:9' };
    expect(errorsIn(await examine({ ...patient, engage }))).toEqual(['platform']);
  });
  it('so is Temporal', async () => {
    const connection = { address: '127.0.0.1:9' };
    const away = { ...patient, temporal: { namespace: 'default', connection } };
    expect(errorsIn(await examine(away))).toEqual(['temporal']);
  });
});

it('says what is wrong first, and counts', () => {
  const lines = formatFindings([
    { level: 'ok', about: 'a', what: 'this is right' },
    { level: 'error', about: 'b', what: 'that is not', mend: 'there' },
  ]);
  expect(lines).toEqual([
    'ERROR  that is not',
    '       -> there',
    'ok     this is right',
    '',
    '1 errors, 0 warnings, 0 to check by hand, 1 ok',
  ]);
});

it('as a command ends with 1 when something is wrong, and names it', async () => {
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    ENGAGE_URL: 'http://127.0.0.1:9',
    ENGAGE_TOKEN: 'token-of-the-bot',
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace ?? 'default',
  };
  const command = ['--import', 'tsx', 'cli/doctor/main.ts'];
  const run = await runCommand('node', command, { cwd: root, env });
  expect(run.stdout).toContain('ERROR  a call to the platform failed');
  expect(run.stdout).not.toContain('token-of-the-bot');
  expect(run.status).toBe(1);
});
