/** A structured reply is enqueued, posted, found again and remembered like text, in the pure core. */
import { describe, expect, it } from 'vitest';
import { isThatReply } from '../../../activities/find-reply.js';
import type { BotAnswer } from '../../../bots/bot.js';
import type { Content } from '../../../engage/resources.js';
import { carousel, select } from '../../../bots/messages/builders.js';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import type { PostReplyInput } from '../../../workflows/contract/work.js';
import { asPosted, CoreRun } from '../../harness/core-run.js';
import { customerWrote, ourEcho } from '../../harness/facts.js';
import { onMessenger } from '../../harness/thread-settings.js';

const web: Partial<SourceSettings> = { channel: { kind: 'web', structured: ['select'] } };
const question = select({ body: 'Well?', items: [{ title: 'Yes', payload: 'yes' }] });
const offers = carousel({ items: [{ title: 'Blue' }, { title: 'Red' }] });

function answered(answer: BotAnswer, settings = web): CoreRun {
  const run = new CoreRun(settings).handleEvent(customerWrote({ id: '1', at: 0 }));
  return run.wait(1_000).end('askBot', answer);
}

function posts(run: CoreRun): readonly PostReplyInput[] {
  return run.works.flatMap((work) => (work.do === 'postReply' ? [work.input] : []));
}

describe('a structured reply', () => {
  it('is posted whole, and remembered with what could be chosen', () => {
    const run = answered({ replies: [question] });
    expect(posts(run)).toMatchObject([{ body: 'Well?', structured: question.structured }]);
    run.end('postReply', asPosted(run));
    expect(run.state.conversation.record.at(-1)).toMatchObject({
      by: 'bot',
      body: 'Well?\n1. Yes',
    });
  });

  it('with a text that it would not show is two replies, text first', () => {
    const run = answered({ replies: [{ ...offers, body: 'Look:' }] });
    run.end('postReply', asPosted(run)).end('postReply', asPosted(run));
    expect(posts(run).map(({ body, structured }) => [body, structured?.type])).toEqual([
      ['Look:', undefined],
      ['', 'carousel'],
    ]);
    expect(run.state.outbox.items).toEqual([]);
  });

  it('is a farewell too', () => {
    const handOver = { because: 'botGaveUp' } as const;
    const run = answered({ replies: [question], handOver });
    run.end('recategorise', { categoryIds: ['category-agent'] });
    expect(posts(run)).toMatchObject([{ body: 'Well?', structured: question.structured }]);
  });

  it('without a text of ours is known by its echo', () => {
    const run = answered({ replies: [offers] });
    run.end('postReply', { is: 'ambiguous', code: 'AnswerLost' });
    run.handleEvent(ourEcho({ id: 'echo', at: 2_000, body: '' }, 'content-1')).wait(60_000);
    expect(posts(run)).toHaveLength(1);
    expect(run.state.report.counts.replies).toBe(1);
  });
});

describe('on Messenger, in our own app’s name', () => {
  it('the bot is told that it has words alone, and files and buttons become none or words', () => {
    const run = new CoreRun({ ...web, ...onMessenger('bot') });
    run.handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    const asked = run.state.outbox.inFlight;
    expect(asked?.do === 'askBot' && asked.input.turn.channel).toEqual({
      kind: 'plain',
      structured: [],
    });
    run.end('askBot', { replies: [{ ...question, attachmentIds: ['file'] }] });
    const [item] = run.state.outbox.items.filter((one) => one.do === 'reply');
    expect(item).toMatchObject({ body: 'Well?\n1. Yes' });
    expect(item).not.toHaveProperty('structured');
    expect(item).not.toHaveProperty('attachmentIds');
    const why =
      'replies.0: attachmentIds not supported here; structured select is not displayed on plain: text';
    expect(run.state.report.log).toContainEqual(expect.objectContaining({ code: 'replyCut', why }));
  });
});

describe('a look for one without a text of ours', () => {
  const content: Content = {
    ...{ id: 'c', thread_id: 't', source_id: 's', author_id: 'a', creator_id: 'user-bot' },
    ...{ in_reply_to_id: 'content-1', intervention_id: undefined, foreign_id: undefined },
    ...{ status: 'user_reply', synchronization_status: 'success', created_at: 0 },
    ...{ body: undefined, approval_required: false },
  };
  const link = { type: 'rich_link', title: 'Chair', url: 'https://shop.example' } as const;
  const [wanted] = posts(answered({ replies: [{ body: '', structured: link }] }));

  it.each([
    ['without words', undefined, true],
    ['by its title', ' Chair', true],
    ['by its address', 'https://shop.example', true],
    ['not by other words', 'Well?', false],
  ])('finds it %s', (_, body, isFound) => {
    expect(isThatReply({ ...content, body }, wanted!)).toBe(isFound);
  });

  it('finds no other under another content, and none that is known', () => {
    expect(isThatReply({ ...content, in_reply_to_id: 'content-0' }, wanted!)).toBe(false);
    expect(isThatReply(content, { ...wanted!, ownContentIds: ['c'] })).toBe(false);
  });
});
