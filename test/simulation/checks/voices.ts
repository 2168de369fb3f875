/**
 * What the customer reads, by the platform's record: one voice at a time, each reply once, no content
 * answered twice, and no character torn apart.
 */
import type { Content } from '../../../simulator/state.js';
import type { Evidence, ThreadEvidence } from './evidence.js';
import type { Violation } from './violation.js';

const at = ({ created_at: created }: Content) => Date.parse(created);
const isBots = ({ by }: Content) => by.startsWith('bot:');
/** A bot outside Baton learns of a human when Baton reaches it. */
const isOurs = (content: Content) => isBots(content) && content.by !== 'bot:outside';
const isHumans = ({ by }: Content) => by.startsWith('agent:') || by.startsWith('native:');
const isCustomers = ({ by }: Content) => by.startsWith('customer:');

/** Milliseconds between the bot's last look and its post, beyond the time of travel. */
const betweenLookAndPost = 500;

/**
 * Time of travel of a call and its answer: the longest of the world. A human's act that reaches the platform
 * in between is crossed by the bot's reply, and the crossing is counted.
 */
export function roundTrip({ plan }: Evidence): number {
  const latencies = plan.acts.flatMap((act) =>
    act.do === 'conditions' && act.network?.latency ? [act.network.latency[1]] : [],
  );
  return 4 * Math.max(40, ...latencies) + betweenLookAndPost;
}

/** No word of the bot after a human's, except replies that crossed it: the card counts those. */
export function twoVoices(evidence: Evidence): readonly Violation[] {
  const window = roundTrip(evidence);
  return evidence.threads.flatMap((one) => {
    const found = one.contents
      .filter((content) => isOurs(content) && !evidence.texts.isBatons(content.body))
      .flatMap((reply) => {
        const human = humanBetween(one, reply);
        return human && !isReturned(one, at(human), at(reply)) ? [{ reply, human }] : [];
      });
    const after = found.filter(({ reply, human }) => at(reply) - at(human) > window);
    const crossed = found.length - after.length;
    const counted = one.card?.counts.crossedReplies ?? crossed;
    return [
      ...after.map(({ reply, human }) => ({
        ...{ check: 'one voice', thread: one.id, at: at(reply) },
        what: `the bot said ${reply.id} ${at(reply) - at(human)} ms after a human's ${human.id}`,
      })),
      ...(crossed > counted
        ? [
            {
              ...{ check: 'crossed replies are counted', thread: one.id, at: evidence.now },
              what: `${crossed} crossed, ${counted} counted`,
            },
          ]
        : []),
    ];
  });
}

/** The human's content between a reply of the bot and what it replies to. */
function humanBetween({ contents }: ThreadEvidence, reply: Content): Content | undefined {
  const asked = contents.findIndex(({ id }) => id === reply.in_reply_to_id);
  const said = contents.indexOf(reply);
  return contents.slice(asked + 1, said).find(isHumans);
}

/** The thread came back to the bot in between. */
function isReturned({ phases }: ThreadEvidence, from: number, to: number): boolean {
  return phases.some(({ phase, since }) => phase === 'bot' && since > from && since <= to + 1_000);
}

/** In phases of humans, an answer of the bot is one that crossed the change of phase. */
export function answersOfOldEpochs(evidence: Evidence): readonly Violation[] {
  const window = roundTrip(evidence);
  const alone = evidence.threads.filter(({ contents }) => !isMerged(contents));
  return alone.flatMap(({ id, contents, phases }) =>
    contents.flatMap((reply) => {
      if (!isOurs(reply) || evidence.texts.isBatons(reply.body)) return [];
      const phase = phases.findLast(({ since }) => since <= at(reply));
      if (phase?.phase !== 'agent' || at(reply) - phase.since <= window) return [];
      const what = `the bot said ${reply.id} ${at(reply) - phase.since} ms after phase ${phase.phase} began`;
      return [{ check: 'no reply of an old epoch', thread: id, at: at(reply), what }];
    }),
  );
}

/** Contents of another conversation have come to the thread, with the bot's answers of then. */
function isMerged(contents: readonly Content[]): boolean {
  return new Set(contents.filter(isCustomers).map(({ by }) => by)).size > 1;
}

/** The same body to the same content, once; an operator may ask for it again. */
export function saidTwice({ threads, texts }: Evidence): readonly Violation[] {
  return threads.flatMap((one) => {
    const replies = one.contents.filter((reply) => isBots(reply) && !texts.isBatons(reply.body));
    return replies.flatMap((reply, index) => {
      const first = replies
        .slice(0, index)
        .find(({ body, in_reply_to_id: to }) => body === reply.body && to === reply.in_reply_to_id);
      if (!first || isReturned(one, at(first), at(reply)) || isAskedAgain(one, first, reply))
        return [];
      const what = `${first.id} and ${reply.id} say the same to ${reply.in_reply_to_id}`;
      return [{ check: 'each reply once', thread: one.id, at: at(reply), what }];
    });
  });
}

/**
 * A customer's content that the bot has answered is not answered again after a later one. One that arrives late,
 * after the later one, may have an answer of its own.
 */
export function answeredTwice({ threads, texts }: Evidence): readonly Violation[] {
  return threads.flatMap((one) => {
    const arrivals = arrivalsIn(one);
    const byId = new Map(one.contents.map((content) => [content.id, content]));
    const askedBy = ({ in_reply_to_id: to }: Content) => byId.get(to ?? '');
    const answers = one.contents.filter((reply) => isBots(reply) && !texts.isBatons(reply.body));
    return answers.flatMap((reply, index) => {
      const asked = askedBy(reply);
      const later = answers.slice(0, index).find((before) => {
        const to = askedBy(before);
        const isLater = to && asked && to.author_id === asked.author_id && at(to) > at(asked);
        if (!isLater) return false;
        return (arrivals.get(asked.id) ?? Infinity) <= (arrivals.get(to.id) ?? 0);
      });
      if (!later || isReturned(one, at(later), at(reply)) || isAskedAgain(one, later, reply))
        return [];
      const what = `${reply.id} answers ${asked?.id} after ${later.id} had answered a later content`;
      return [{ check: 'no customer is answered twice', thread: one.id, at: at(reply), what }];
    });
  });
}

/** When a task of the thread first took each content. */
function arrivalsIn({ received }: ThreadEvidence): ReadonlyMap<string, number> {
  const arrivals = new Map<string, number>();
  for (const { event, at: taken } of received) {
    const id = 'content' in event ? event.content.id : undefined;
    if (id !== undefined && !arrivals.has(id)) arrivals.set(id, taken);
  }
  return arrivals;
}

/** An operator let the bot answer again. */
function isAskedAgain({ card }: ThreadEvidence, from: Content, to: Content): boolean {
  return (card?.decisions ?? []).some(
    (one) => one.code === 'answerRequested' && isIn(Date.parse(one.at), at(from), at(to)),
  );
}

function isIn(time: number, from: number, to: number): boolean {
  return time > from && time <= to;
}

/** Nothing the bot says has half a character in it, unless the customer's own words had. */
export function tornCharacters({ threads }: Evidence): readonly Violation[] {
  const isTorn = ({ body }: Content) => /\p{Surrogate}|\uFFFD/u.test(body ?? '');
  return threads.flatMap(({ id, contents }) => {
    if (contents.some((one) => isCustomers(one) && isTorn(one))) return [];
    return contents
      .filter((one) => isBots(one) && isTorn(one))
      .map((reply) => ({
        ...{ check: 'no torn character', thread: id, at: at(reply) },
        what: `${reply.id} has half a character in it`,
      }));
  });
}
