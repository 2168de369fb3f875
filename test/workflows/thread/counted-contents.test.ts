/** How many contents the thread expects on the platform: another number means that a content was not received. */
import { expect, it } from 'vitest';
import { customerWrote } from '../../harness/facts.js';
import { make, minute } from '../../harness/rules-meet.js';
import type { PlayedRun } from '../../harness/played-core.js';

const lastPost = (run: PlayedRun) => {
  const posts = run.works.flatMap((work) => (work.do === 'postReply' ? [work.input] : []));
  return posts.at(-1)!;
};

it('is unknown before the first post, and then counts what everybody writes', () => {
  const run = make();
  run.says('one');
  expect(lastPost(run)).not.toHaveProperty('expectedContents');
  // The platform reported one content before the post; ours is the second.
  run.says('two');
  expect(lastPost(run).expectedContents).toBe(3);
  run.says('three');
  expect(lastPost(run).expectedContents).toBe(5);
});

it('includes what was received while the post was under way', () => {
  const run = make();
  run.says('one');
  run.writes('two');
  run.wait(1_000);
  run.end('askBot', { replies: [{ body: 'ANSWER' }] });
  run.handleEvent(customerWrote({ id: 'meanwhile', at: run.at, body: 'three' }));
  run.end('postReply', { is: 'posted', contentId: 'ours', createdAt: run.now, contentsBefore: 3 });
  expect(run.state.inbox.expectedContents).toBe(5);
});

it('a text of a handover is posted in every category, a reply of the bot only in its own', () => {
  const run = make();
  run.says('one');
  expect(lastPost(run).botCategoryId).toBe('category-bot');
  run.says('a human please');
  expect(lastPost(run)).toMatchObject({ body: 'HANDOVER' });
  expect(lastPost(run)).not.toHaveProperty('botCategoryId');
});

it('a reply that was sent once and not found is given up as unconfirmed', () => {
  const lost = { is: 'ambiguous', code: 'Engage.AnswerLost' } as const;
  const outcomes = [lost];
  const away = { is: 'notSent', code: 'Engage.NotConnected', retryAfter: minute } as const;
  const run = make({ giveUpAfter: 30 * minute }, { post: () => outcomes.shift() ?? away });
  run.says('one');
  run.pass(2 * 60 * minute);
  const codes = run.state.report.log.flatMap((one) =>
    one.code === 'attentionRaised' ? [one.attention] : [],
  );
  expect(codes).toContain('replyUnconfirmed');
});
