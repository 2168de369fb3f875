/**
 * A stand-in of the operator API's two routes, until the ingress serves them: phases as
 * each thread's own card tells them, each from when it was first seen.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { describeQuery, type ThreadCard } from '../../workflows/contract.js';
import { json, startHttpTarget, type HttpTarget } from './http-target.js';

export type StandIn = {
  readonly url: string;
  /** Until then it knows no thread. */
  knows: (threadOf: (workflowId: string) => WorkflowHandle) => void;
  close(): Promise<void>;
};

type Stretch = { phase: string; from: string; to: string | null; why: string };

export async function startStandIn(token: string): Promise<StandIn> {
  const target: HttpTarget = await startHttpTarget();
  const phasesOf = new Map<string, Stretch[]>();
  let threadOf: (workflowId: string) => WorkflowHandle = () => {
    throw new Error('no thread is known yet');
  };
  const answerTo = async (url: string): Promise<object> => {
    const [, id = '', isTimeline] = /^\/operator\/threads\/([^/]+)(\/timeline)?$/.exec(url) ?? [];
    const card = await threadOf(`thread:${id}`).query(describeQuery);
    const phases = phasesOf.get(id) ?? [];
    phasesOf.set(id, phases);
    look(phases, card);
    return isTimeline === undefined ? viewOf(card) : timelineOf(id, card, phases);
  };
  target.answer = (asked, response) => {
    const isAllowed = asked.headers.authorization === `Bearer ${token}`;
    const answered = isAllowed ? answerTo(asked.url) : Promise.reject(new Error('no token'));
    answered.then(
      (body) => json(200, body)(asked, response),
      () => json(isAllowed ? 404 : 401, { error: 'refused' })(asked, response),
    );
  };
  return {
    url: target.url,
    knows: (given) => (threadOf = given),
    close: () => target.close(),
  };
}

function look(phases: Stretch[], { phase, since, why }: ThreadCard): void {
  const last = phases.at(-1);
  if (last?.from === since) return;
  if (last) last.to = since;
  phases.push({ phase, from: since, to: null, why });
}

function timelineOf(id: string, { why }: ThreadCard, phases: readonly Stretch[]): object {
  return { id, now: new Date().toISOString(), why, phases, moments: [] };
}

function viewOf({ deadlines }: ThreadCard): object {
  const told = deadlines.map(({ name, at }) => ({ name, at, words: `the deadline ${name}` }));
  return { thread: { deadlines: told, temporalUrl: null } };
}
