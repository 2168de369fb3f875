/** Schema of one source, with all defaults. Only the ids and the bot are required. */
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

/** Policies in their default order. Each abstains if the settings it needs are missing. */
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
  error: `unknown policy; expected one of ${[...policies.keys()].join(', ')}`,
});

const textsSchema = z.strictObject({
  /** Sent with the handover, unless the bot has its own farewell. */
  handover: text.default('I am handing you over to a colleague. One moment, please.'),
  /** The platform refused the handover; the bot keeps the thread. */
  handoverFailed: text.default('Sorry, I cannot reach a colleague right now.'),
  /** The bot gave no answer, and an agent is not requested yet. */
  botFailed: text.default('Sorry, something went wrong. Please try again.'),
  /** The customer has cancelled the handover. */
  handoverCancelled: text.default('All right, I am here again. How can I help?'),
  /** Sent once to a customer who writes during an emergency that an operator has declared; absent: nothing. */
  emergency: text.optional(),
});

const availabilityRule = (say: string) =>
  z
    .strictObject({
      /** Keeps the thread with the bot, or hands over nevertheless. */
      do: z.enum(['stayWithBot', 'handOver']).default('stayWithBot'),
      say: text.default(say),
    })
    .prefault({});

export const sourceSchema = z
  .strictObject({
    /** The source's id on the platform, shown in its edit URL. */
    id,
    /** Category ids. The bot's is the source's default category, which no agent has as a skill. */
    categories: z.strictObject({ bot: id, agent: id }),
    /** How threads are handed to agents and taken back. */
    ...driverSettings,
    /** Name of one of `bots`, or the reserved name for the Source SDK. */
    bot: z.string(),
    /** Turns for other bots, by language and category. */
    routes: routesSchema,
    /** The channel's type, which determines structured messages. `text`: none. */
    channel: z.enum(channelKinds).default('text'),
    /** Settings of the Source SDK. */
    sourceSdk: sourceSdkSchema.optional(),
    /** In order: the first policy that decides applies. */
    policies: z.array(policyName).default(usualPolicies),
    /** What happens with the thread when the agent completes it. */
    reopen: z.enum(reopenPolicies).default('reopen-to-bot'),
    /**
     * After this number of handovers because of bot failures within this time, the thread stays with
     * agents.
     */
    loopGuard: z
      .strictObject({
        handovers: z.number().int().min(1).default(3),
        within: duration.prefault('1h'),
      })
      .prefault({}),
    /**
     * Two machines answer each other: after this number of turns within this time, or of equal contents in a
     * row, the bot is silent and attention is raised.
     */
    turnGuard: z
      .strictObject({
        turns: z.number().int().min(2).max(60).default(30),
        within: duration.prefault('10m'),
        equal: z.number().int().min(2).max(20).default(12),
      })
      .prefault({}),
    /** Opening hours; without them the source is always open. Escalations for agents count only these. */
    hours: hoursSchema.optional(),
    /**
     * Whether to check before a handover that an agent is connected. `askWhenRealtime`: only on sources
     * with real-time channels, where customers wait at the screen. `ask`: always. `ignore`: never.
     */
    availability: z.enum(['askWhenRealtime', 'ask', 'ignore']).default('askWhenRealtime'),
    /** Only agents of these teams count; empty: all agents with the agents' category. */
    teams: z.array(id).default([]),
    /** A handover outside opening hours. `{opens}` is the next opening. */
    outsideHours: availabilityRule('Our colleagues are not here now. They are back {opens}.'),
    /**
     * A nudge of a silent customer that comes due outside opening hours: `wait` for the next opening, or `send`
     * at once.
     */
    nudgeOutsideHours: z.enum(['wait', 'send']).default('wait'),
    /** A handover within opening hours without a connected agent. */
    nobodyThere: availabilityRule('All our colleagues are away at the moment.'),
    /** Escalation policies, step by step. */
    escalations: escalationsSchema.prefault({}),
    /** Handover note to the agent, before the transcript; `{why}` and `{bot}` are replaced. */
    handoverNote: z.union([text, z.literal(false)]).default('Handed over by {bot}: {why}.'),
    /** Time for the platform to create a task for a handover; `false` on accounts where it creates none. */
    confirmHandoverWithin: z.union([duration, z.literal(false)]).prefault('1m'),
    /** Messages about the queue position; absent: none. */
    queue: queueSchema.optional(),
    /** Custom fields of the customer profile; `false`: nothing is written. */
    profile: z.union([profileSchema, z.literal(false)]).prefault({}),
    /** Phrases by which a customer requests an agent; the bot may know more. */
    handOverWords: z.array(text).default([]),
    /** Phrases by which a waiting customer cancels the handover. */
    cancelWords: z.array(text).default([]),
    /** Phrases that end a conversation: after its end they do not reopen it. */
    farewellWords: z.array(text).default(['thanks', 'thank you', 'thx', 'ok', 'okay', 'bye']),
    /** Number of consecutive failed turns before the handover. */
    maxFailedTurns: z.number().int().min(1).default(2),
    /** Contents in quick succession form one turn: pause after the last, and maximum wait in total. */
    burst: z
      .strictObject({ quiet: duration.prefault('1s'), cap: duration.prefault('5s') })
      .prefault({}),
    /** After an agent completes: time in which they may return before the thread goes to the bot. */
    settleWindow: duration.prefault('5m'),
    /** The source's "time for thread inclusion" on the platform. */
    threadInclusionDelay: duration.prefault('24h'),
    closeWhenSilentFor: duration.prefault('24h'),
    /** A reply that the channel does not deliver: raise attention, or hand over as well. */
    whenUndelivered: z.enum(['raiseAttention', 'handOver']).default('raiseAttention'),
    /**
     * A reply of the bot that can be sent only after it has waited this long, after an outage for example: `send` it
     * as it is, `askAgain`: ask the bot anew, `apologise`: send `say` before it, or `handOver`.
     */
    lateReplies: z
      .strictObject({
        after: duration.prefault('30m'),
        do: z.enum(['send', 'askAgain', 'apologise', 'handOver']).default('send'),
        say: text.default('Sorry for the late answer.'),
      })
      .prefault({}),
    /** What the platform does not take, for lack of an answer or of permission, is given up after this time. */
    giveUpAfter: duration.prefault('24h'),
    /** `first`: before the first reply, which enables statistics, surveys and closing. */
    openIntervention: z.enum(['first', 'whenRefused', 'never']).default('first'),
    texts: textsSchema.prefault({}),
  })
  .refine(isDriverKnown, { path: ['messenger'], error: 'is needed for the driver messenger' });

type AvailabilitySettings = Pick<
  z.output<typeof sourceSchema>,
  'hours' | 'availability' | 'teams' | 'outsideHours' | 'nobodyThere'
>;

/**
 * Availability settings as a thread carries them; absent if no check is made. The agents to check are
 * configured in `engage/availability/`.
 */
export function toAvailability({
  hours,
  availability,
  outsideHours,
  nobodyThere,
}: AvailabilitySettings) {
  if (!hours && availability === 'ignore') return {};
  return { availability: { whenClosed: outsideHours, whenNobodyIsThere: nobodyThere } };
}
