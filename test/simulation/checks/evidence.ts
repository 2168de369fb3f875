/**
 * What is known of each thread at the end of a world: the platform's own record, what the thread's runs have
 * received, and the card and phase history that the real client's queries return. All runs leave the workers'
 * caches before, so that each query repeats its run from its history.
 */
import { clientAt } from '../../../temporal/client.js';
import { domainId } from '../../../simulator/seed.js';
import type { Content, Intervention, Thread } from '../../../simulator/state.js';
import {
  threadWorkflowId,
  transcriptQuery,
  type EngageEvent,
  type ThreadCard,
  type Transcript,
} from '../../../workflows/contract/index.js';
import type { PhaseEntry } from '../../../workflows/contract/phase-history.js';
import { createRandom } from '../host/random.js';
import type { Plan } from '../plan/plan.js';
import { createConnection } from '../temporal/connection.js';
import { noFaults } from '../temporal/faults.js';
import type { Job } from '../temporal/job.js';
import { fromPayload, type Payload } from '../temporal/payloads.js';
import type { Run } from '../temporal/run.js';
import type { World } from '../world/world.js';
import { textsOf, type Texts } from './texts.js';

export type ThreadEvidence = {
  readonly id: string;
  readonly thread: Thread;
  /** In the platform's order. */
  readonly contents: readonly Content[];
  readonly interventions: readonly Intervention[];
  readonly runs: readonly Run[];
  /** Events of the platform that came by signals or updates, with the time at which a task took them. */
  readonly received: readonly ReceivedEvent[];
  /** `undefined`: no run answers. */
  readonly card: ThreadCard | undefined;
  /** Oldest first; a thread keeps the newest sixty. */
  readonly phases: readonly PhaseEntry[];
};

export type ReceivedEvent = { readonly event: EngageEvent; readonly at: number };

export type Evidence = {
  readonly world: World;
  readonly plan: Plan;
  readonly now: number;
  /** When the last fault was over, Unix milliseconds. */
  readonly calmAt: number;
  readonly texts: Texts;
  readonly threads: readonly ThreadEvidence[];
};

/** Milliseconds in which all queries are answered. */
const answeredWithin = 60_000;

export async function gatherEvidence(world: World, plan: Plan): Promise<Evidence> {
  const now = world.time.now;
  for (const runs of world.temporal.runs.values()) for (const run of runs) run.cached = undefined;
  const transcripts = await readTranscripts(world);
  const { state } = world.simulator.platform;
  const contents = grouped(Object.values(state.contents));
  const interventions = grouped(Object.values(state.interventions));
  return {
    ...{ world, plan, now, calmAt: now - (plan.endAt - plan.calmAt), texts: textsOf(plan, world) },
    threads: Object.values(state.threads).map((thread) => {
      const { id } = thread;
      const runs = world.temporal.runs.get(threadWorkflowId(domainId, id)) ?? [];
      return {
        ...{ id, thread, runs, received: runs.flatMap(receivedBy) },
        contents: repliesToNewest(contents.get(id) ?? []),
        interventions: interventions.get(id) ?? [],
        ...{ card: transcripts.get(id)?.card, phases: transcripts.get(id)?.phases ?? [] },
      };
    }),
  };
}

/**
 * What bots say in a channel of their own replies to no content on the platform: it counts for the customer's
 * newest. The platform takes the bot outside Baton for a person of the channel.
 */
function repliesToNewest(contents: readonly Content[]): readonly Content[] {
  let newest: string | null = null;
  return contents.map((content) => {
    if (content.by.startsWith('customer:')) newest = content.id;
    if (content.by === 'native:baton-bot')
      return { ...content, by: 'bot:outside', in_reply_to_id: newest };
    const isReply = content.by === 'bot:messenger' && content.in_reply_to_id === null;
    return isReply ? { ...content, in_reply_to_id: newest } : content;
  });
}

function grouped<T extends { readonly thread_id: string }>(all: readonly T[]): Map<string, T[]> {
  const by = new Map<string, T[]>();
  for (const one of all) {
    const known = by.get(one.thread_id);
    if (known) known.push(one);
    else by.set(one.thread_id, [one]);
  }
  return by;
}

async function readTranscripts(world: World): Promise<ReadonlyMap<string, Transcript>> {
  const { time, temporal: server, simulator } = world;
  const faults = noFaults;
  const connection = createConnection({ time, server, faults, random: createRandom(0) });
  const client = clientAt({ connection, namespace: 'default', encryption: undefined });
  const found = new Map<string, Transcript>();
  const read = async (id: string) => {
    const handle = client.workflow.getHandle(threadWorkflowId(domainId, id));
    found.set(id, await handle.query(transcriptQuery));
  };
  const ids = Object.keys(simulator.platform.state.threads);
  const all = Promise.allSettled(ids.map(read));
  await world.run(answeredWithin);
  await Promise.race([all, Promise.resolve()]);
  return found;
}

/** Oldest first. Events that no task has taken yet are the last. */
export function receivedBy(run: Run): readonly ReceivedEvent[] {
  const { history, task, waiting } = run;
  const taken = history.flatMap(({ at, jobs }) => jobs.flatMap((one) => eventsIn(one, at)));
  const notTaken = [...(task?.jobs ?? []), ...waiting];
  return [...taken, ...notTaken.flatMap((one) => eventsIn(one, Infinity))];
}

function eventsIn({ signalWorkflow, doUpdate }: Job, at: number): readonly ReceivedEvent[] {
  const isEvents = signalWorkflow?.signalName === 'engageEvents' || doUpdate?.name === 'backfill';
  if (!isEvents) return [];
  const payloads = (signalWorkflow?.input ?? doUpdate?.input ?? []) as readonly Payload[];
  return payloads.flatMap((payload) =>
    (fromPayload(payload) as readonly EngageEvent[]).map((event) => ({ event, at })),
  );
}
