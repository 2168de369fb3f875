/**
 * Checks the steps of a scenario that are expectations. Each first lets Baton finish, then waits as long
 * as a person would; what is still not fulfilled is a difference.
 */
import { explainState } from '../../api/timeline/why.js';
import { clockIn } from '../../api/timeline/words.js';
import type { Session } from './session.js';
import type { ExpectationName, StepValue } from './steps.js';

/** What the scenario expected and what happened instead, in plain words. */
export type Difference = { readonly expected: string; readonly seen: string };

type Check<N extends ExpectationName> = (
  session: Session,
  value: StepValue<N>,
) => Promise<Difference | undefined>;

const timeout = 30_000;

/** Formats expected and actual values in the same words. */
type Expectation<T> = {
  readonly expected: string;
  readonly see: () => Promise<T>;
  readonly isSo: (seen: T) => boolean;
  readonly format: (seen: T) => string;
};

export const check: { readonly [N in ExpectationName]: Check<N> } = {
  async reply(session, { reply }) {
    const next = async () => (await session.replies())[session.repliesRead];
    await session.time.pass(timeout, async () => (await next()) !== undefined);
    const said = await next();
    if (said !== undefined) session.repliesRead += 1;
    if (said !== undefined && reply.matches(said)) return undefined;
    const seen = said === undefined ? 'no reply within 30s' : JSON.stringify(said);
    return { expected: `reply ${reply.words}`, seen };
  },

  async silent(session, { silent }) {
    const before = (await session.replies()).length;
    const beganAt = session.time.now;
    const spoke = async () => (await session.replies()).length > before;
    if (!(await session.time.pass(silent.ms, spoke))) return undefined;
    const said = JSON.stringify((await session.replies())[before]);
    const after = Math.round((session.time.now - beganAt) / 1_000);
    return { expected: `no reply for ${silent.words}`, seen: `${said} after ${after} s` };
  },

  phase: (session, { phase }) =>
    become(session, {
      expected: `phase ${phase}`,
      see: () => session.watch.phase(session.thread),
      isSo: (seen) => seen === phase,
      format: (seen) =>
        seen === undefined ? 'no workflow accompanies the thread' : `phase ${seen}`,
    }),

  categories: (session, { categories }) =>
    become(session, {
      expected: `categories [${categories.join(', ')}]`,
      see: () => session.categories(),
      isSo: (seen) => [...seen].sort().join() === [...categories].sort().join(),
      format: (seen) => `[${seen.join(', ')}]`,
    }),

  replies: (session, { replies }) =>
    become(session, {
      expected: `${replies} replies so far`,
      see: () => session.replies(),
      isSo: (seen) => seen.length === replies,
      format: (seen) => `${seen.length}: ${seen.map((said) => JSON.stringify(said)).join(', ')}`,
    }),

  unanswered: (session, { unanswered }) =>
    become(session, {
      expected: `${unanswered} unanswered contents`,
      see: async () => (await session.watch.card(session.thread))?.next?.unanswered ?? 0,
      isSo: (seen) => seen === unanswered,
      format: (seen) => `${seen}`,
    }),

  attention: (session, { attention }) =>
    become(session, {
      expected: describeWanted(attention),
      see: async () =>
        ((await session.watch.card(session.thread))?.attention ?? []).map(({ code }) => code),
      isSo: (seen) =>
        typeof attention === 'boolean'
          ? seen.length > 0 === attention
          : [...seen].sort().join() === [...attention].sort().join(),
      format: (seen) => (seen.length === 0 ? 'none' : `attention: ${seen.join(', ')}`),
    }),

  note: (session, { note }) =>
    become(session, {
      expected: `a note to the agent ${note.words}`,
      see: async () => ((await session.record())?.comments ?? []).map(({ body }) => body),
      isSo: (seen) => seen.some((body) => note.matches(body)),
      format: (seen) =>
        seen.length === 0 ? 'no note' : seen.map((it) => JSON.stringify(it)).join(', '),
    }),

  why: (session, { why }) =>
    become(session, {
      expected: `why ${why.words}`,
      see: async () => {
        const card = await session.watch.card(session.thread);
        const { now } = session.time;
        return card && explainState(card, clockIn('UTC', now), now);
      },
      isSo: (seen) => seen !== undefined && why.matches(seen),
      format: (seen) => (seen === undefined ? 'unknown' : JSON.stringify(seen)),
    }),

  thread(session, { thread }) {
    const seen = session.thread === session.threadBefore ? 'same' : 'new';
    const difference = { expected: `thread: ${thread}`, seen: `a ${seen} one` };
    return Promise.resolve(seen === thread ? undefined : difference);
  },
};

async function become<T>(
  session: Session,
  expectation: Expectation<T>,
): Promise<Difference | undefined> {
  const { expected, see, isSo, format } = expectation;
  await session.time.calm();
  if (await session.time.pass(timeout, async () => isSo(await see()))) return undefined;
  return { expected, seen: format(await see()) };
}

function describeWanted(attention: boolean | readonly string[]): string {
  if (attention === true) return 'attention requested';
  if (attention === false || attention.length === 0) return 'no attention requested';
  return `attention: ${attention.join(', ')}`;
}
