/**
 * Naive engines, each made of ours by taking one thing away: what is known is spoilt after each step.
 * A guarantee's check must fail with the one that lacks what the guarantee rests on.
 */
import type { SourceSettings } from '../../workflows/contract/source-settings.js';
import type { ThreadState } from '../../workflows/thread/state/state.js';
import type { Spoil } from '../harness/played-core.js';
import { withConversation } from '../../workflows/thread/state/conversation.js';
import { withInbox } from '../../workflows/thread/state/inbox.js';
import { withOutbox } from '../../workflows/thread/state/outbox.js';
import { withOwnership } from '../../workflows/thread/state/ownership.js';

/** Does not remember what it has taken in. */
export const forgetful: Spoil = (after) => withInbox(after, { seen: [] });

/** Takes what a human of the brand says for nobody's words. */
export const deafToHumans: Partial<SourceSettings> = { automaticIdentityIds: ['identity-brand'] };

/** Does not know its own words when they come back. */
export const withoutEcho: Spoil = (after) => ({
  ...withOutbox(after, { sent: [] }),
  settings: stranger(after),
});

function stranger({ settings }: ThreadState): SourceSettings {
  return { ...settings, botUser: { userId: 'user-nobody', identityIds: [] } };
}

/** Replies of the outbox are posted, whoever has the thread by then. */
export const withoutEpoch: Spoil = (after, before) => {
  if (after.ownership.epoch === before.ownership.epoch) return after;
  const {
    ownership: { epoch },
  } = after;
  const kept = before.outbox.items.flatMap((one) =>
    one.do === 'reply' ? [{ ...one, epoch }] : [],
  );
  return withOutbox(after, { items: [...kept, ...after.outbox.items] });
};

/** Goes by the time events are received, not by the time they happened. */
export const withoutIssueTime: Spoil = (after) =>
  withOwnership(withInbox(after, { activityIssuedAt: 0 }), { humanDoneIssuedAt: 0 });

/** Sends again what got no answer, without looking for it. */
export const withoutLooking: Spoil = (after) =>
  withOutbox(after, {
    items: after.outbox.items.map((one) =>
      one.do === 'reply' && one.state === 'confirming' ? { ...one, state: 'pending' } : one,
    ),
  });

/** Keeps no record while a human has the thread. */
export const recordsOnlyItself: Spoil = (after) =>
  after.ownership.phase === 'agent'
    ? withConversation(after, {
        record: after.conversation.record.filter(({ by }) => by === 'bot'),
      })
    : after;

/** Two that speak at a handover: the bot's farewell, and the business's notice all the same. */
export const twoSenders: Spoil = (after, before) => {
  const farewell = after.outbox.items.find(
    (item) => item.do === 'reply' && item.purpose === 'handover-0',
  );
  if (before.ownership.phase === 'handover' || farewell?.do !== 'reply') return after;
  const notice = { ...farewell, key: `${farewell.key}/again`, body: 'HANDOVER' };
  return withOutbox(after, { items: [...after.outbox.items, notice] });
};

/** Believes in a handover the platform refused. */
export const withoutCompensation: Spoil = (after, before) =>
  before.ownership.phase === 'handover' && after.ownership.reason === 'handoverFailed'
    ? withOutbox(before, { inFlight: undefined, items: [] })
    : after;

/** A pause without an end. */
export const withoutPauseEnd: Spoil = (after) =>
  after.ownership.pausedUntil === undefined
    ? after
    : withOwnership(after, { pausedUntil: Number.MAX_SAFE_INTEGER });

/** A conversation begins with the first content of a customer: before it there is nothing to keep. */
export const bornByCustomers: Spoil = (after, before) =>
  before.ownership.episode === 0 &&
  before.ownership.phase === 'closed' &&
  after.ownership.phase === 'agent'
    ? before
    : after;
