/** Settings of one source, for tests of the pure core: short names, round numbers. */
import { policies } from '../../workflows/policies/index.js';
import type { SourceSettings } from '../../workflows/contract/source-settings.js';

const minute = 60_000;

export const testSettings: SourceSettings = {
  name: 'chat',
  sourceId: 'source-chat',
  botUser: { userId: 'user-bot', identityIds: ['identity-brand'] },
  automaticIdentityIds: ['identity-welcome'],
  categories: { bot: 'category-bot', agent: 'category-agent' },
  bot: { name: 'helper', runs: 'inProcess', timeout: 5_000, budget: 60_000 },
  policies: ['hand-over-when-asked', 'hand-over-when-bot-fails', 'reopen-to-bot'],
  handOverWords: ['human'],
  maxFailedTurns: 2,
  burst: { quiet: 1_000, cap: 5_000 },
  settleWindow: 5 * minute,
  threadInclusionDelay: 24 * 60 * minute,
  closeWhenSilentFor: 24 * 60 * minute,
  linger: 26 * 60 * minute,
  openIntervention: 'never',
  texts: { handover: 'HANDOVER', handoverFailed: 'HANDOVER FAILED', botFailed: 'BOT FAILED' },
  callTimeout: 16_000,
  giveUpAfter: 24 * 60 * minute,
  confirm: { wait: 5_000, looks: 2 },
};

/** Every rule a business can set, each with a text of its own name. */
export function everyRule(reopen: string): Partial<SourceSettings> {
  return {
    policies: [...[...policies.keys()].filter((name) => !reopenings.includes(name)), reopen],
    openIntervention: 'first',
    cancelWords: ['cancel'],
    farewellWords: ['thanks', 'bye'],
    loopGuard: { handovers: 2, within: 60 * minute },
    availability: {
      whenClosed: { do: 'stayWithBot', say: 'CLOSED UNTIL {opens}' },
      whenNobodyIsThere: { do: 'handOver', say: 'NOBODY THERE' },
    },
    handoverNote: 'NOTE {why}',
    confirmHandoverWithin: minute,
    profile: { fields: { tariff: 'plan' } },
    escalations: {
      customerSilent: [
        { after: 10 * minute, do: 'tell', say: 'NUDGE' },
        { after: 20 * minute, do: 'close', say: 'GIVING UP' },
      ],
      nobodyComes: [
        { after: 5 * minute, do: 'tell', say: 'STILL WAITING' },
        { after: 10 * minute, do: 'remind' },
        { after: 15 * minute, do: 'move', categoryId: 'category-others', say: 'ASKING OTHERS' },
        { after: 30 * minute, do: 'backToBot', say: 'NOBODY CAME' },
      ],
      agentSilent: [
        { after: 10 * minute, do: 'remind' },
        { after: 20 * minute, do: 'move', categoryId: 'category-others' },
        { after: 40 * minute, do: 'backToBot', say: 'AGENT GONE' },
      ],
      customerSilentWithAgent: [{ after: 48 * 60 * minute, do: 'close' }],
    },
    texts: { ...testSettings.texts, handoverCancelled: 'CALLED OFF' },
  };
}

/** A queue whose places are told; apart, for each look is a work of its own. */
export const queueRules: Partial<SourceSettings> = {
  queue: {
    tellEvery: 2 * minute,
    say: 'PLACE {position} WAIT {wait}',
    sayWithoutWait: 'PLACE {position}',
  },
};

const reopenings = ['reopen-to-bot', 'stay-with-agent', 'block'];

/** A handover that neither asks who is there nor waits for a task. */
export function withoutChecks(settings: Partial<SourceSettings>): Partial<SourceSettings> {
  const unwanted = ['availability', 'confirmHandoverWithin'];
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !unwanted.includes(name)));
}

export const virtualAgent = { driver: { by: 'virtualAgent', trigger: 'HUMAN' } } as const;

/** On a Facebook page with this primary app. */
export function onMessenger(primary: 'bot' | 'platform' | 'none') {
  const apps = { pageId: 'page', appId: 'app-bot', platformAppId: 'app-platform' } as const;
  const driver = { by: 'messenger', ...apps, primary, within: 10_000, tries: 3 } as const;
  return { driver, openIntervention: 'never' } as const;
}

/** The ways of giving and taking besides the categories alone. */
export const drivers: readonly Partial<SourceSettings>[] = [
  virtualAgent,
  ...(['bot', 'platform', 'none'] as const).map(onMessenger),
];
