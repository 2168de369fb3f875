/**
 * What the business decides for one source, with every default in sight. All of it may be left out but
 * the ids and the bot.
 */
import { z } from 'zod';
import { hoursSchema } from '../engage/availability/hours.js';
import { channelKinds } from '../bots/messages/channels.js';
import { policies } from '../workflows/policies/index.js';
import { driverSettings, isDriverKnown } from './driver.js';
import { duration } from './duration.js';
import { escalationsSchema } from './escalations.js';
import { profileSchema } from './profile.js';
import { queueSchema } from './queue.js';
import { sourceSdkSchema } from './source-sdk.js';
import { routesSchema } from './routes.js';

const reopenPolicies = ['reopen-to-bot', 'stay-with-agent', 'block'] as const;

/** Each passes where the business has not set what it needs. */
export const usualPolicies = [
  'hand-over-when-asked',
  'hand-over-when-bot-fails',
  'check-business-hours',
  'check-agent-availability',
  'cancel-handover-on-request',
  'send-queue-position',
  'nudge-when-customer-silent',
  'escalate-when-nobody-comes',
  'escalate-when-agent-silent',
  'stay-quiet-after-farewell',
  'stay-with-agent-when-looping',
];
export const id = z.string().min(1);
const text = z.string().min(1).max(1_000);

const policyName = z.string().refine((name) => policies.has(name), {
  error: `no such policy; there are ${[...policies.keys()].join(', ')}`,
});

const textsSchema = z.strictObject({
  /** With the handover, unless the bot says its own farewell. */
  handover: text.default('I am handing you over to a colleague. One moment, please.'),
  /** The platform refused the handover; the bot keeps the thread. */
  handoverFailed: text.default('Sorry, I cannot reach a colleague right now.'),
  /** The bot gave no answer, and a human is not called yet. */
  botFailed: text.default('Sorry, something went wrong. Please try again.'),
  /** The customer has called the handover off. */
  handoverCancelled: text.default('All right, I am here again. How can I help?'),
});

const availabilityRule = (say: string) =>
  z
    .strictObject({
      /** Keep the thread with the bot, or let the humans find it. */
      do: z.enum(['stayWithBot', 'handOver']).default('stayWithBot'),
      say: text.default(say),
    })
    .prefault({});

export const sourceSchema = z
  .strictObject({
    /** The source's id on the platform: it is in the source's edit URL. */
    id,
    /** Category ids. The bot's is the source's default category; no human has it as a skill. */
    categories: z.strictObject({ bot: id, agent: id }),
    /** How threads are given to humans and taken back. */
    ...driverSettings,
    /** Which of `bots`; `outside` when it lives elsewhere. */
    bot: z.string(),
    /** Turns that another bot answers, by language and category. */
    routes: routesSchema,
    /** What the source is to its customers: what it shows besides text. `text`: nothing. */
    channel: z.enum(channelKinds).default('text'),
    /** The bot that lives elsewhere, behind a channel of ours (Source SDK). */
    sourceSdk: sourceSdkSchema.optional(),
    /** In order: the first that decides wins. */
    policies: z.array(policyName).default(usualPolicies),
    /** What becomes of the thread when the human is done. */
    reopen: z.enum(reopenPolicies).default('reopen-to-bot'),
    /** So many handovers for the bot's own failures within this time, and the thread stays with humans. */
    loopGuard: z
      .strictObject({
        handovers: z.number().int().min(1).default(3),
        within: duration.prefault('1h'),
      })
      .prefault({}),
    /** When humans work here; without it the desk is always open. */
    hours: hoursSchema.optional(),
    /**
     * Before a handover, is a human there who could take it? `askWhenRealtime`: on sources the platform
     * calls live, where customers wait at the screen. `ask`: always. `ignore`: hand over unasked.
     */
    availability: z.enum(['askWhenRealtime', 'ask', 'ignore']).default('askWhenRealtime'),
    /** Only people of these teams count as there; none: everybody with the agents' category. */
    teams: z.array(id).default([]),
    /** A handover outside the hours. `{opens}` is when the desk opens next. */
    outsideHours: availabilityRule('Our colleagues are not here now. They are back {opens}.'),
    /** A handover within the hours while no human who could take it is there. */
    nobodyThere: availabilityRule('All our colleagues are away at the moment.'),
    /** What happens when nobody speaks, step by step. */
    escalations: escalationsSchema.prefault({}),
    /** What the human is told in a comment, before what was said; `{why}` and `{bot}` are filled in. */
    handoverNote: z.union([text, z.literal(false)]).default('Handed over by {bot}: {why}.'),
    /** So soon the platform makes a task of a handover; `false` where it makes none. */
    confirmHandoverWithin: z.union([duration, z.literal(false)]).prefault('1m'),
    /** What a waiting customer hears of their place in the queue; without it nothing. */
    queue: queueSchema.optional(),
    /** Which custom field what the bot learns goes to; `false`: nothing is written anywhere. */
    profile: z.union([profileSchema, z.literal(false)]).prefault({}),
    /** Words and phrases by which a customer asks for a person; the bot may know more. */
    handOverWords: z.array(text).default([]),
    /** Words and phrases by which a customer who waits for a human calls it off. */
    cancelWords: z.array(text).default([]),
    /** What a customer says who is done: after the end it restarts nothing. */
    farewellWords: z.array(text).default(['thanks', 'thank you', 'thx', 'ok', 'okay', 'bye']),
    /** The bot fails so many turns in a row before a human takes over. */
    maxFailedTurns: z.number().int().min(1).default(2),
    /** Contents in quick succession are one turn: pause after the last, longest wait in all. */
    burst: z
      .strictObject({ quiet: duration.prefault('1s'), cap: duration.prefault('5s') })
      .prefault({}),
    /** After an agent completes: how long they may still come back before the thread is the bot's. */
    settleWindow: duration.prefault('5m'),
    /** The source's "time for thread inclusion" on the platform. */
    threadInclusionDelay: duration.prefault('24h'),
    closeWhenSilentFor: duration.prefault('24h'),
    /** `first`: before the first reply, which makes statistics, surveys and closing possible. */
    openIntervention: z.enum(['first', 'whenRefused', 'never']).default('first'),
    texts: textsSchema.prefault({}),
  })
  .refine(isDriverKnown, { path: ['messenger'], error: 'is needed for the driver messenger' });

type AvailabilitySettings = Pick<
  z.output<typeof sourceSchema>,
  'hours' | 'availability' | 'teams' | 'outsideHours' | 'nobodyThere'
>;

/** As a thread carries it; nothing where a handover is made unasked. Whom to ask the desk itself knows. */
export function toAvailability({
  hours,
  availability,
  outsideHours,
  nobodyThere,
}: AvailabilitySettings) {
  if (!hours && availability === 'ignore') return {};
  return { desk: { whenClosed: outsideHours, whenNobodyIsThere: nobodyThere } };
}
