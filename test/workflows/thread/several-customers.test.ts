/** Several customers on one thread, and private contents beside public ones. */
import { describe, expect, it } from 'vitest';
import type { BotTurn } from '../../../bots/bot.js';
import type { ContentEvent } from '../../../workflows/contract/engage-event.js';
import { customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';

const minute = 60_000;

function by(authorId: string, isPrivate: boolean, said: { id: string; at: number; body: string }) {
  const event = customerWrote(said);
  return { ...event, content: { ...event.content, authorId, isPrivate } } satisfies ContentEvent;
}

const answerByName = (turn: BotTurn) => ({
  replies: [{ body: `TO ${turn.burst.map(({ body }) => body).join(' + ')}` }],
  remember: { asked: turn.burst.map(({ body }) => body) },
});

/** Ana writes privately about her order, Ben publicly about the hours, in one burst. */
function burst(more: ConstructorParameters<typeof PlayedRun>[0] = {}): PlayedRun {
  const run = new PlayedRun(more, { answer: answerByName });
  run.handleEvent(by('ana', true, { id: '1', at: 0, body: 'order 4711' }));
  run.handleEvent(by('ben', false, { id: '2', at: 300, body: 'hours' }));
  return run.pass(minute);
}

function posts(run: PlayedRun) {
  return run.works.flatMap((work) => (work.do === 'postReply' ? [work.input] : []));
}

describe('a burst of two customers', () => {
  it('is two turns: each is answered in reply to their own content, as private as it is', () => {
    expect(posts(burst())).toMatchObject([
      { body: 'TO order 4711', inReplyToId: 'content-1', isPrivate: true },
      { body: 'TO hours', inReplyToId: 'content-2', isPrivate: false },
    ]);
  });

  it('shows neither what the other said nor what the other was told', () => {
    const [, ben] = burst().asked;
    expect(ben?.record.map(({ body }) => body)).toEqual(['hours']);
  });

  it('gives each the memory of their own', () => {
    const run = burst();
    run.handleEvent(by('ana', true, { id: '3', at: run.at, body: 'and 4712' })).pass(minute);
    expect(run.asked.map(({ memory }) => memory)).toEqual([{}, {}, { asked: ['order 4711'] }]);
    expect(run.asked.at(-1)?.record.map(({ body }) => body)).toEqual([
      ...['order 4711', 'TO order 4711', 'and 4712'],
    ]);
  });

  it('restarts no turn of one by the words of the other', () => {
    const run = new PlayedRun({}, { answer: answerByName });
    run.handleEvent(by('ana', true, { id: '1', at: 0, body: 'order 4711' })).wait(1_000);
    expect(run.doing()).toBe('askBot');
    run.handleEvent(by('ben', false, { id: '2', at: 1_100, body: 'hours' })).pass(minute);
    expect(run.asked.map(({ burst: [content] }) => content?.body)).toEqual(['order 4711', 'hours']);
  });

  it('tells of a handover the one who asked for it, although another has written since', () => {
    const run = new PlayedRun({ openIntervention: 'never' });
    run.handleEvent(by('ana', true, { id: '1', at: 0, body: 'help' })).wait(1_000);
    run.handleEvent(by('ben', false, { id: '2', at: 1_100, body: 'hours' }));
    run.end('askBot', { replies: [], handOver: { because: 'botGaveUp' } }).pass(minute);
    expect(posts(run)).toMatchObject([{ body: 'HANDOVER', inReplyToId: 'content-1' }]);
  });

  it('tells of a handover the one who asked for it', () => {
    const run = new PlayedRun();
    run.handleEvent(by('ana', true, { id: '1', at: 0, body: 'a human please' }));
    run.handleEvent(by('ben', false, { id: '2', at: 300, body: 'hours' })).pass(minute);
    expect(posts(run)).toMatchObject([{ body: 'HANDOVER', inReplyToId: 'content-1' }]);
    // Humans have the thread, because categories are the thread's; Ben is unanswered, too.
    expect(run.state.conversation.unanswered.map(({ content }) => content.id)).toEqual([
      ...['content-1', 'content-2'],
    ]);
  });
});

it('a public content of the same customer gets nothing private into its record', () => {
  const run = new PlayedRun({}, { answer: answerByName });
  run.handleEvent(by('ana', true, { id: '1', at: 0, body: 'my card ends in 1234' })).pass(minute);
  run.handleEvent(by('ana', false, { id: '2', at: run.at, body: 'hours' })).pass(minute);
  expect(run.asked.at(-1)?.record.map(({ body }) => body)).toEqual(['hours']);
});

it('what one customer told is written to nobody else', () => {
  const answer = ({ burst: [content] }: BotTurn) => ({
    replies: [{ body: 'NOTED' }],
    ...(content?.body === 'gold' && { customerProfile: { tariff: 'gold' } }),
  });
  const run = new PlayedRun({ profile: { fields: {} } }, { answer });
  run.handleEvent(by('ana', false, { id: '1', at: 0, body: 'gold' })).wait(1_000);
  run.handleEvent(by('ben', false, { id: '2', at: 1_100, body: 'hours' })).pass(minute);
  const written = run.works.flatMap((work) => (work.do === 'writeProfile' ? [work.input] : []));
  expect(written).toMatchObject([{ identityId: 'ana', fields: { tariff: 'gold' } }]);
  expect(run.asked.at(-1)?.profile).toEqual({});
});
