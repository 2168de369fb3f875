/**
 * Mutants that no test notices although they were looked at, each with the reason. A mutant is named by its file, its
 * change, and a piece of its line, so that the list holds when lines move.
 */
import type { Mutant } from './mutants.js';

type Survivor = {
  readonly file: string;
  readonly change: string;
  /** A piece of the line; absent for every line of the file. */
  readonly at?: string;
  readonly reason: string;
};

const survivors: readonly Survivor[] = [
  {
    file: 'workflows/thread/transitions/closing.ts',
    change: 'a hundredfold',
    at: 'wholeSecond(last.issuedAt) : 0',
    reason: 'without a content of a human or customer there is no reply that could be undelivered',
  },
  {
    file: 'workflows/thread/transitions/emergency-notice.ts',
    change: 'skips [...notified, customerId].slice(…)',
    reason:
      'bounds the state; no test plays more than fifty customers of one thread in an emergency',
  },
  {
    file: 'workflows/thread/state/human.ts',
    change: 'without queue: undefined',
    reason: 'an absent field is undefined, too',
  },
  {
    file: 'workflows/thread/state/turn.ts',
    change: 'without contentId',
    reason: 'a turn has a content: the other case is for the type only',
  },
  {
    file: 'workflows/thread/planning/next-activity.ts',
    change: 'without ...reply',
    at: 'isOverdue',
    reason: 'only `since` is used of it, and the next field gives it wherever the reply has it',
  },
  {
    file: 'workflows/thread/transitions/unanswered.ts',
    change: 'never: open.length === unanswered.length ?',
    reason: 'an equal list in place of the same one: saves a copy',
  },
  {
    file: 'workflows/thread/transitions/messenger-driver.ts',
    change: 'skips controlFailed(…)',
    at: 'another app has control',
    reason: 'Baton asks again, and fails the same way after its limited tries',
  },
  {
    file: 'activities/given-up.ts',
    change: "without message: 'the server has given this attempt up: n…",
    reason: 'the text of a failure that Temporal has no use for: the attempt is given up',
  },
  {
    file: 'activities/reconcile/by-thread.ts',
    change: 'a hundredfold',
    at: 'at: -1, rank: -1',
    reason:
      'no event has such a time, and the rank beside it is read only where the times are equal',
  },
  {
    file: 'activities/reconcile/by-thread.ts',
    change: '> becomes >=',
    at: 'other > index',
    reason: 'the fact itself is an end, and only openings are looked for',
  },
  {
    file: 'activities/reconcile/feed.ts',
    change: 'without isLocated: start.isExact',
    reason: 'an exact list begins at its first record, where a search ends at its first page',
  },
  {
    file: 'activities/reconcile/reading.ts',
    change: 'without at: 0',
    at: 'const nowhere',
    reason: 'of a list without a mark only the offset of the overlap is read',
  },
  {
    file: 'engage/pace.ts',
    change: 'a hundredfold',
    at: 'pacing, 1)',
    reason: 'each answer looks at the line again, long before a timer of a tenth of a second',
  },
  {
    file: 'engage/resources.ts',
    change: 'without message: z.string()',
    reason:
      'decides only whether an error names the identifier of a body that is not the platform’s',
  },
  {
    file: 'workflows/thread/transitions/delivery.ts',
    change: 'never: reply.epoch === state.ownership.epoch ?',
    reason: 'replies are counted in phase agent only, where none of the present epoch exists',
  },
  {
    file: 'workflows/thread/transitions/messenger-driver.ts',
    change: "always: !isFailure(outcome) && outcome.is === 'owner' ?",
    reason:
      'failures do not come here, and a look has no other outcome: the check is for the types',
  },
  {
    file: 'workflows/thread/transitions/rebuild.ts',
    change: 'always: humans ?',
    reason:
      'without humans the thread is in the bot’s category, which each of its contents says again',
  },
  {
    file: 'workflows/thread/transitions/escalation.ts',
    change: 'always: wasAgents ?',
    reason: 'otherwise it comes from phase bot, whose thread is in the bot’s category already',
  },
  {
    file: 'workflows/thread/state/conversation.ts',
    change: 'without memory: {}',
    reason: 'the first content begins a conversation, which empties the memory',
  },
  {
    file: 'workflows/thread/transitions/intervention.ts',
    change: 'a hundredfold',
    at: 'state.human.intervention?.issuedAt ?? 0',
    reason: 'no event is as old as the first milliseconds of 1970',
  },
  {
    file: 'engage/transport.ts',
    change: 'never: search.size === 0 ?',
    reason: 'a question mark without a query is not sent',
  },
  {
    file: 'workflows/thread/planning/next-activity.ts',
    change: 'a hundredfold',
    at: 'wholeSecond(first.issuedAt) - 1 : 0',
    reason: 'it is compared with times of the platform, which are whole seconds',
  },
  {
    file: 'workflows/thread/transitions/unanswered-record.ts',
    change: '< becomes <=',
    at: 'before < at',
    reason: 'the content itself is the bot’s, and a customer’s is looked for',
  },
];

export function reasonFor({ file, line, change }: Mutant, source: string): string | undefined {
  const text = source.split('\n')[line - 1] ?? '';
  const found = survivors.find(
    (one) => one.file === file && one.change === change && text.includes(one.at ?? ''),
  );
  return found?.reason;
}
