/**
 * The language of scenarios: all steps with their arguments. `docs/scenarios.md` documents them;
 * `actions.ts` and `expectations.ts` run them.
 */
import { z } from 'zod';
import { parseDuration } from '../../settings/duration.js';
import { faultsSchema } from '../../simulator/faults.js';
import { agentActs } from '../../simulator/control/actors.js';
import { categories, users } from '../../simulator/seed.js';
import { attentionCodes } from '../../workflows/contract/attention.js';
import { phases } from '../../workflows/contract/index.js';

/** A duration as written, and in milliseconds. */
export type Span = { readonly words: string; readonly ms: number };
/** Matches a text: the whole text, or a pattern. */
export type Phrase = { readonly words: string; matches(body: string): boolean };

const agentNames = Object.keys(users).filter((name) => name !== 'bot');

function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: `expected one of ${values.join(', ')}` });
}

const aText = 'expected a text; numbers and yes or no need quotes';
const text = z.string({ error: aText }).min(1, aText).max(20_000, 'is too long');

const aTime = 'expected a time such as 30s, 10m, 24h or 3d';
const span = z.string({ error: aTime }).transform((words, context): Span => {
  const ms = parseDuration(words);
  if (ms !== undefined) return { words, ms };
  context.addIssue({ code: 'custom', message: aTime });
  return z.NEVER;
});

/** Treats no-break spaces and line breaks as spaces. */
const plain = (said: string) => said.replace(/\s+/gu, ' ').trim();

const phrase = text.transform((words, context): Phrase => {
  const [, source, flags = ''] = /^\/(.+)\/([a-z]*)$/.exec(words) ?? [];
  if (source === undefined) {
    const wanted = plain(words);
    return { words: JSON.stringify(words), matches: (body) => plain(body) === wanted };
  }
  try {
    const pattern = new RegExp(source, flags.replace(/[gy]/g, ''));
    return { words, matches: (body) => pattern.test(plain(body)) };
  } catch {
    context.addIssue({ code: 'custom', message: `${words} is no regular expression` });
    return z.NEVER;
  }
});

const aLanguage = 'expected a language such as en or pt-BR';
const yesOrNo = z.boolean({ error: 'expected true or false' });
const onOrOff = z
  .union([z.boolean(), oneOf(['on', 'off'])], { error: 'expected on or off' })
  .transform((value) => value === true || value === 'on');
const categoryList = z.array(oneOf(Object.keys(categories)), {
  error: 'expected a list such as [agent, billing]',
});

const availabilityWords = {
  available: { status: 'available', busyness: 'unoccupied' },
  away: { status: 'away' },
  offline: { status: null },
  busy: { status: 'available', busyness: 'busy' },
  full: { status: 'available', busyness: 'full' },
} as const;
type AvailabilityWord = keyof typeof availabilityWords;
const availability = z.union(
  [
    oneOf(Object.keys(availabilityWords) as [AvailabilityWord]).transform(
      (word) => availabilityWords[word],
    ),
    z.strictObject({
      channel: z.string().optional(),
      status: oneOf(['available', 'away']).nullable().optional(),
      busyness: oneOf(['unoccupied', 'ok', 'busy', 'full']).optional(),
    }),
  ],
  {
    error: `expected ${Object.keys(availabilityWords).join(', ')}, or { channel, status, busyness }`,
  },
);

const agentAct = z
  .strictObject({
    do: oneOf(agentActs),
    who: oneOf(agentNames).default('agent-1'),
    body: text.optional(),
    categories: categoryList.optional(),
    /** Written in the channel's own app instead of Engage. */
    native: yesOrNo.default(false),
    /** The reply is not sent before another agent approves it. */
    'needs-approval': yesOrNo.optional(),
    /** Of a transfer. */
    to: oneOf(agentNames).optional(),
    accepted: yesOrNo.default(true),
  })
  .refine((act) => act.body !== undefined || !['reply', 'initiate'].includes(act.do), {
    message: 'needs a body: the text of the agent',
  })
  .refine((act) => act.categories !== undefined || act.do !== 'recategorize', {
    message: 'needs categories: the whole new set',
  })
  .refine((act) => (act.to !== undefined) === (act.do === 'transfer'), {
    message: 'a transfer, and nothing else, needs to: the other agent',
  })
  .refine(({ native, do: what }) => !native || what === 'reply', {
    message: 'native: only a reply can be written in the channel’s own app',
  });

const why = text.default('a scenario');
const scope = z
  .union([z.literal('all'), z.strictObject({ source: text }), z.strictObject({ bot: text })], {
    error: 'expected all, { source: … } or { bot: … }',
  })
  .default('all');
const threadCommands = ['askHandover', 'takeOver', 'returnToBot', 'close', 'answerAgain'] as const;
const operatorAct = z.discriminatedUnion(
  'do',
  [
    z.strictObject({ do: z.enum(threadCommands), why }),
    z.strictObject({ do: z.literal('pauseBot'), for: span, why }),
    /** `over`: ends the emergency. */
    z.strictObject({ do: z.literal('emergency'), over: yesOrNo.default(false), scope, why }),
  ],
  { error: `expected one of ${threadCommands.join(', ')}, pauseBot, emergency` },
);

const tooLong = 'is too long';
const customerStep = z
  .strictObject({
    /** Empty for an attachment without words. */
    customer: z.string({ error: aText }).max(20_000, tooLong),
    'new-thread': yesOrNo.default(false),
    /** As the platform detects it. */
    language: z
      .string({ error: aLanguage })
      .regex(/^[a-z]{2,3}(-[A-Za-z]+)?$/, aLanguage)
      .optional(),
    attachment: yesOrNo.default(false),
    /** Of the button that the customer has pressed; the content's text is the button's title. */
    payload: text.max(1_000, tooLong).optional(),
    /** The account's rules file it as spam. */
    spam: yesOrNo.default(false),
  })
  .refine(({ customer, attachment }) => customer !== '' || attachment, {
    path: ['customer'],
    message: `${aText}, or attachment: true beside it`,
  });

/** Actions. */
export const acts = {
  customer: customerStep,
  customers: z.strictObject({
    customers: z.array(text, { error: 'expected a list of texts' }).min(1, 'is empty'),
  }),
  agent: z.strictObject({ agent: agentAct }),
  operator: z.strictObject({ operator: operatorAct }),
  wait: z.strictObject({ wait: span }),
  rule: z.strictObject({ rule: z.strictObject({ emergency: onOrOff }) }),
  'default-categories': z.strictObject({ 'default-categories': categoryList }),
  agents: z.strictObject({
    agents: z.partialRecord(oneOf(agentNames), availability, {
      error: `expected { ${agentNames[0] ?? ''}: away } with any of ${agentNames.join(', ')}`,
    }),
  }),
  faults: z.strictObject({ faults: faultsSchema }),
  token: z.strictObject({ token: oneOf(['replaced', 'configured']) }),
  restart: z.strictObject({ restart: oneOf(['worker', 'api', 'temporal']) }),
} as const;

const count = z.int({ error: 'expected a whole number' }).min(0, 'expected 0 or more');

/** Expectations. */
export const expectations = {
  reply: z.strictObject({ reply: phrase }),
  silent: z.strictObject({ silent: span }),
  phase: z.strictObject({ phase: oneOf(phases) }),
  categories: z.strictObject({ categories: categoryList }),
  replies: z.strictObject({ replies: count }),
  /** How many contents of the customer nobody has answered. */
  unanswered: z.strictObject({ unanswered: count }),
  attention: z.strictObject({
    attention: z.union([yesOrNo, z.array(z.enum(attentionCodes))], {
      error: `expected true, false or a list of ${attentionCodes.join(', ')}`,
    }),
  }),
  thread: z.strictObject({ thread: oneOf(['same', 'new']) }),
  note: z.strictObject({ note: phrase }),
  /** The explanation of the state that an operator sees. */
  why: z.strictObject({ why: phrase }),
} as const;

export const steps = { ...acts, ...expectations } as const;

export type StepName = keyof typeof steps;
export type ActName = keyof typeof acts;
export type ExpectationName = keyof typeof expectations;
export type StepValue<N extends StepName> = z.output<(typeof steps)[N]>;
export type Step = {
  [N in StepName]: { readonly name: N; readonly value: StepValue<N>; readonly line: number };
}[StepName];

export function isStepName(name: string): name is StepName {
  return Object.hasOwn(steps, name);
}
