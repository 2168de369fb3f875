/**
 * Nobody is left waiting (`shared/design.md`): a customer whose words nobody has answered, by the platform's
 * record, has the bot at a stated time, or humans with whom the platform agrees and an escalation that runs,
 * or attention that is raised. What the card says is compared with what the platform has.
 */
import { categories } from '../../../simulator/seed.js';
import type { Content } from '../../../simulator/state.js';
import type { ThreadCard } from '../../../workflows/contract/index.js';
import type { PhaseEntry } from '../../../workflows/contract/phase-history.js';
import type { Evidence, ThreadEvidence } from './evidence.js';
import type { Texts } from './texts.js';
import type { Violation } from './violation.js';

const at = ({ created_at: created }: Content) => Date.parse(created);

/** The newest content of each customer that nobody has answered, oldest first. */
export function unansweredContents(one: ThreadEvidence, texts: Texts): readonly Content[] {
  // A rule of the platform closes a silent thread: it answers nobody.
  if (one.thread.closed && !isAutoClosed(one)) return [];
  const newest = new Map(
    one.contents
      .filter(({ by, status }) => by.startsWith('customer:') && status !== 'ignored')
      .map((content) => [content.author_id, content]),
  );
  const isOpen = (asked: Content) => !isAnswered(one, asked, texts) && !isEnded(one, asked);
  return [...newest.values()].filter(isOpen);
}

function isAutoClosed({ received }: ThreadEvidence): boolean {
  return received.some(({ event }) => event.type === 'content.thread_auto_closed');
}

function isAnswered({ contents }: ThreadEvidence, asked: Content, texts: Texts): boolean {
  const { isPromise, isBatons } = texts;
  const place = contents.indexOf(asked);
  return contents.slice(place + 1).some((reply) => {
    if (reply.by.startsWith('agent:') || reply.by.startsWith('native:')) {
      return reply.approval_required !== true;
    }
    const to = contents.find(({ id }) => id === reply.in_reply_to_id);
    // That no human comes is said about the newest content that the thread had received.
    const isAbout = to && (contents.indexOf(to) >= place || isBatons(reply.body));
    const isForThem = isAbout === true && to.author_id === asked.author_id;
    return reply.by.startsWith('bot:') && isForThem && !isPromise(reply.body);
  });
}

/** A person, or the customer, has ended the conversation since. */
function isEnded(one: ThreadEvidence, asked: Content): boolean {
  const { interventions, phases, card } = one;
  const since = at(asked);
  const isLater = (time: number) => time >= since;
  const endings: readonly PhaseEntry['reason'][] = [
    ...(['operatorClosed', 'handoverCancelled'] as const),
    ...(isAutoClosed(one) ? [] : (['threadLocked'] as const)),
  ];
  return (
    interventions.some(({ closed_at: closed }) => closed !== null && isLater(Date.parse(closed))) ||
    phases.some((entry) => endings.includes(entry.reason) && isLater(entry.since)) ||
    (card?.decisions ?? []).some(
      (one) => one.code === 'stayedClosed' && isLater(Date.parse(one.at)),
    )
  );
}

export function leftWaiting({ threads, texts, now, world }: Evidence): readonly Violation[] {
  const isOurs = new Set(Object.values(world.business.sources).map(({ id }) => id));
  return threads
    .filter(({ thread }) => isOurs.has(thread.source_id))
    .flatMap((one) => {
      // What the platform has not delivered yet, Baton cannot answer.
      const known = new Set(
        one.received.map(({ event }) => ('content' in event ? event.content.id : '')),
      );
      const [waiting] = unansweredContents(one, texts).filter(({ id }) => known.has(id));
      const what = waiting && whoseTurn(one, now);
      if (!what) return [];
      const whose = `${waiting.id} of ${waiting.created_at} (“${waiting.body?.slice(0, 40)}”)`;
      return [
        { check: 'nobody is left waiting', thread: one.id, at: now, what: `${whose}: ${what}` },
      ];
    });
}

/** @returns what is wrong; `undefined` if it is known who must speak, and when */
function whoseTurn({ card, thread }: ThreadEvidence, now: number): string | undefined {
  if (!card) return 'no run of the thread answers';
  if (card.attention.length > 0) return undefined;
  if (thread.closed) return 'the platform has closed the thread, and no attention is raised';
  const { phase, reason, next } = card;
  const stated = `${phase}/${reason ?? 'none'}, next ${next?.who ?? 'nobody'}, then ${next?.then.what ?? 'nothing'} ${next?.then.at ?? ''}`;
  if (!next || next.who === 'customer') return stated;
  if (next.who === 'operator') return `${stated}, without attention`;
  if (next.who === 'bot') return isStated(next, now) ? undefined : stated;
  if (next.then.what === 'emergencyEnd') return undefined;
  const isWithHumans = !thread.thread_category_ids.includes(categories.bot);
  if (!isWithHumans) return `${stated}, in the bot’s category`;
  return isStated(next, now) ? undefined : stated;
}

/** Milliseconds by which a timer may be late. */
const late = 10 * 60_000;

function isStated({ then }: NonNullable<ThreadCard['next']>, now: number): boolean {
  if (then.what === 'activity') return true;
  return then.at !== undefined && Date.parse(then.at) >= now - late;
}

/** Phase and category agree: the bot has the bot’s category, and humans have not. */
export function halfOpen({ threads, now }: Evidence): readonly Violation[] {
  return threads.flatMap(({ id, thread, card, contents }) => {
    if (!card || thread.closed || card.attention.length > 0) return [];
    const isBots = thread.thread_category_ids.includes(categories.bot);
    const isNoticed = isNewestSeen(thread.category_history.at(-1)?.at, contents);
    const isWithHumans = card.phase === 'handover' || card.phase === 'agent';
    const isWrong = isWithHumans ? isBots : card.phase === 'bot' && !isBots;
    if (!isWrong || !isNoticed || card.doing !== undefined || card.outbox.length > 0) return [];
    const what = `phase ${card.phase} in the category of ${isBots ? 'the bot' : 'others'}`;
    return [{ check: 'phase and category agree', thread: id, at: now, what }];
  });
}

/** No webhook reports a change of categories: it is noticed with the customer's next content. */
function isNewestSeen(changed: string | undefined, contents: readonly Content[]): boolean {
  const newest = contents.findLast(({ by }) => by.startsWith('customer:'));
  return newest !== undefined && at(newest) > Date.parse(changed ?? '');
}
