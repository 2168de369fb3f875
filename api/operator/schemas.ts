/** The types of `answers.ts` as schemas, for the OpenAPI document and for tests of the answers. */
import { z } from 'zod';
import { roles } from '../../settings/operators.js';
import {
  deadlineNames,
  outcomesOfSilence,
  phases,
  runEnds,
  speakers,
} from '../../workflows/contract/index.js';
import { decisionCodes } from '../timeline/describe-decision.js';
import { commandNames } from '../../workflows/contract/commands.js';
import type {
  BotsView,
  BrokenList,
  Me,
  ThreadLine,
  ThreadList,
  ThreadView,
  Timeline,
} from './answers.js';

const phase = z.enum(phases);
const time = z.iso.datetime();
const counted = z.record(z.string(), z.number());

export const me = z.object({
  name: z.string(),
  role: z.enum(roles),
  sources: z.union([z.literal('all'), z.array(z.string())]),
  isShared: z.boolean(),
  csrf: z.string().exactOptional(),
}) satisfies z.ZodType<Me>;

const line = z.object({
  id: z.string(),
  source: z.string(),
  phase,
  reason: z.string().nullable(),
  since: time.nullable(),
  attention: z.boolean(),
  next: z.object({ who: z.enum(speakers), since: time.nullable() }).nullable(),
}) satisfies z.ZodType<ThreadLine>;

export const threadList = z.object({
  threads: z.array(line),
  next: z.string().nullable(),
}) satisfies z.ZodType<ThreadList>;

export const brokenList = z.object({
  threads: z.array(
    z.object({
      ...{ id: z.string(), source: z.string().nullable(), is: z.enum(['stuck', ...runEnds]) },
      ...{ since: time.nullable(), cause: z.string().nullable(), attempts: z.number().nullable() },
    }),
  ),
  lookedAt: z.number(),
  next: z.string().nullable(),
}) satisfies z.ZodType<BrokenList>;
export const repaired = z.object({ repaired: z.object({ id: z.string() }) });

const command = z.enum(commandNames);
const nextSpeaker = z.object({
  who: z.enum(speakers),
  since: time,
  unanswered: z.number(),
  then: z.object({
    what: z.enum([...deadlineNames, ...outcomesOfSilence]),
    at: time.nullable(),
    words: z.string(),
  }),
});
const view = line.extend({
  next: nextSpeaker.nullable(),
  isRunning: z.boolean(),
  bot: z.string(),
  botPausedUntil: time.nullable(),
  why: z.string(),
  attentionWhy: z.string().nullable(),
  deadlines: z.array(z.object({ name: z.string(), at: time, words: z.string() })),
  doing: z.string().nullable(),
  waitingContents: z.number(),
  outbox: z.array(z.object({ key: z.string(), do: z.string(), state: z.string() })),
  counts: counted,
  commands: z.array(command),
  temporalUrl: z.string().nullable(),
}) satisfies z.ZodType<ThreadView>;

export const thread = z.object({ thread: view });

const moment = z.union([
  z.object({
    is: z.literal('content'),
    at: time,
    by: z.enum(['customer', 'bot', 'agent', 'automatic']),
    body: z.string(),
    contentId: z.string(),
    why: z.string().nullable(),
  }),
  z.object({
    is: z.literal('decision'),
    at: time,
    code: z.enum(decisionCodes),
    what: z.string(),
    why: z.string(),
  }),
]);

export const timeline = z.object({
  id: z.string(),
  now: time,
  why: z.string(),
  phases: z.array(z.object({ phase, from: time, to: time.nullable(), why: z.string() })),
  moments: z.array(moment),
}) satisfies z.ZodType<Timeline>;

export const erased = z.object({ erased: z.object({ id: z.string(), runs: z.number() }) });
const person = {
  ...{ id: z.string(), identities: z.number(), threads: z.number() },
  /** Threads that carry no customer's mark. */
  unmarked: z.number(),
};
export const erasedPerson = z.union([
  z.object({ dryRun: z.literal(true), person: z.object(person) }),
  z.object({ erased: z.object({ ...person, runs: z.number(), keys: z.number() }) }),
]);

const threadsByPhase = z.object({
  bot: z.number(),
  handover: z.number(),
  agent: z.number(),
  attention: z.number(),
});
export const counts = z.object({ threads: threadsByPhase });
const amount = z.object({ count: z.number(), sum: z.number() });
const totals = z.object({
  ...{ turns: z.number(), replies: z.number(), ended: z.number(), contained: z.number() },
  ...{ crossedReplies: z.number(), duplicates: z.number(), handovers: counted },
  phaseSeconds: z.record(z.string(), amount),
  waited: amount,
  budget: z.object({ used: z.number(), allowed: z.number() }),
});
export const overview = z.object({
  at: time,
  threads: threadsByPhase,
  now: totals.nullable(),
  series: z.array(z.object({ at: time, threads: threadsByPhase, totals: totals.nullable() })),
});

export const botStatus = z.object({
  state: z.enum(['closed', 'open', 'halfOpen']),
  errors: z.number(),
  answers: z.number(),
  p50: z.number().exactOptional(),
  p95: z.number().exactOptional(),
});
export const bots = z.object({
  bots: z.array(
    z.object({
      name: z.string(),
      sources: z.array(z.string()),
      fallback: z.string().nullable(),
      workers: z.array(botStatus.extend({ worker: z.string() })),
    }),
  ),
  workers: z.array(z.object({ worker: z.string(), isReachable: z.boolean() })).nullable(),
}) satisfies z.ZodType<BotsView>;

export const sources = z.object({
  sources: z.array(z.object({ name: z.string(), bot: z.string(), others: z.array(z.string()) })),
});

export const reports = z.object({
  reports: z.array(
    z.object({
      at: time,
      isComplete: z.boolean(),
      completeUntil: time.nullable(),
      backfilled: z.object({ threads: z.number(), contents: z.number(), facts: z.number() }),
      rebuilt: z.number(),
      calls: z.number(),
      webhook: z.string(),
      findings: z.array(z.string()),
    }),
  ),
});

/** `docs/operations/emergency.md` and `availability.md` describe these shapes. */
const open = z.looseObject({});
export const emergency = z.object({ emergency: open });
export const emergencies = z.object({ inForce: z.array(open), emergencies: z.array(open) });
export const dryRun = z.looseObject({ dryRun: z.literal(true), isInForce: z.boolean() });
export const directory = z.object({ directory: open.nullable() });

export const failure = z.object({
  error: z.string(),
  message: z.string(),
  phase: phase.exactOptional(),
  fields: z.array(z.object({ field: z.string(), problem: z.string() })).optional(),
});
