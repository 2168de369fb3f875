/** The settings that a seed chooses: each rule of `docs/policies.md` is in some worlds and not in others. */
import { categories } from '../../../simulator/seed.js';
import type { Random } from '../host/random.js';
import type { BusinessChoices, SourceChoices } from '../world/business.js';

const allPolicies = [
  ...['cancel-handover-on-request', 'stay-quiet-after-farewell', 'stay-with-agent-when-looping'],
  ...['check-business-hours', 'check-agent-availability'],
  ...['hand-over-when-asked', 'hand-over-when-bot-fails'],
  ...['send-queue-position', 'escalate-when-nobody-comes'],
  ...['escalate-when-agent-silent', 'nudge-when-customer-silent'],
];

export function chooseBusiness(random: Random): BusinessChoices {
  const maybe = (probability: number, choices: SourceChoices) =>
    random.chance(probability) ? choices : {};
  const source: SourceChoices = {
    reopen: random.pick(['reopen-to-bot', 'stay-with-agent', 'block'] as const),
    settleWindow: random.pick(['1s', '1m', '5m', '30m'] as const),
    openIntervention: random.pick(['first', 'whenRefused', 'never'] as const),
    ...maybe(0.5, { policies: allPolicies }),
    ...maybe(0.4, { cancelWords: ['cancel'] }),
    ...maybe(0.5, { escalations: chooseEscalations(random) }),
    ...maybe(0.3, { hours: chooseHours(random) }),
    ...maybe(0.3, { lateReplies: chooseLateReplies(random) }),
    ...maybe(0.3, { availability: random.pick(['ask', 'ignore'] as const) }),
    ...maybe(0.3, { outsideHours: { do: random.pick(['stayWithBot', 'handOver'] as const) } }),
    ...maybe(0.3, { nobodyThere: { do: random.pick(['stayWithBot', 'handOver'] as const) } }),
    ...maybe(0.3, { nudgeOutsideHours: 'send' }),
    ...maybe(0.2, { queue: { tellEvery: '10m' } }),
    ...maybe(0.3, { confirmHandoverWithin: random.pick([false, '20s', '5m'] as const) }),
    ...maybe(0.4, { closeWhenSilentFor: random.pick(['30m', '4h'] as const) }),
    ...maybe(0.3, { whenUndelivered: 'handOver' }),
    ...maybe(0.2, { giveUpAfter: random.pick(['10m', '2h'] as const) }),
    ...maybe(0.4, { texts: { emergency: 'EMERGENCY' } }),
    ...maybe(0.2, { maxFailedTurns: 1 }),
    ...maybe(0.2, { handoverNote: false }),
    ...maybe(0.2, { loopGuard: { handovers: 1, within: '1h' } }),
  };
  return {
    source,
    bot: random.pick(['scripted', 'scripted', 'remote'] as const),
    ...(random.chance(0.2) && { messenger: random.pick(['bot', 'platform', 'none'] as const) }),
    ...(random.chance(0.2) && { hasOutsideBot: true as const }),
    reconcileEvery: random.pick(['off', 'off', '1h', '12h'] as const),
  };
}

function chooseEscalations(random: Random): NonNullable<SourceChoices['escalations']> {
  const [first, second, third] = random.pick([
    ['5m', '10m', '30m'],
    ['1m', '20m', '2h'],
  ] as const);
  const move = { do: 'move', category: categories.billing } as const;
  return {
    ...(random.chance(0.5) && {
      customerSilent: [
        { after: first, do: 'tell', say: 'NUDGE' },
        { after: third, do: 'close', say: 'GIVING UP' },
      ],
    }),
    ...(random.chance(0.7) && {
      nobodyComes: [
        { after: first, do: 'tell', say: 'STILL WAITING' },
        random.pick([
          { after: second, do: 'remind' },
          { after: second, ...move },
        ] as const),
        ...(random.chance(0.5) ? [{ after: third, do: 'backToBot' } as const] : []),
      ],
    }),
    ...(random.chance(0.7) && {
      agentSilent: [
        { after: first, do: 'remind' },
        ...(random.chance(0.5) ? [{ after: second, ...move } as const] : []),
        ...(random.chance(0.5) ? [{ after: third, do: 'backToBot', say: 'BACK' } as const] : []),
      ],
    }),
    ...(random.chance(0.3) && { customerSilentWithAgent: [{ after: '4h', do: 'close' }] }),
  };
}

/** Of a zone whose clocks change within the simulated weeks. */
function chooseHours(random: Random): NonNullable<SourceChoices['hours']> {
  const span = random.pick(['09:00-18:00', '08:00-12:00,13:00-17:00', '22:00-24:00'] as const);
  const week = { mon: span, tue: span, wed: span, thu: span, fri: span };
  return { timeZone: random.pick(['Europe/Berlin', 'America/New_York'] as const), week };
}

function chooseLateReplies(random: Random): NonNullable<SourceChoices['lateReplies']> {
  const what = random.pick(['send', 'askAgain', 'apologise', 'handOver'] as const);
  return { after: random.pick(['10s', '5m'] as const), do: what, say: 'SORRY FOR THAT' };
}
