/**
 * `POST /bots/answers/{token}`: what a bot could not answer at once becomes a signal to the thread.
 *
 * The checks, in this order, each with its own answer: token 404, size 413, content type 415, JSON 400,
 * answer 422 naming the field. 202 means that Temporal has it: whether it is still waited for is the
 * thread's to know, which drops what comes twice or too late.
 */
import { Hono, type Context } from 'hono';
import { createAnswerTokens } from '../../bots/answer-token.js';
import type { BotAnswer } from '../../bots/bot.js';
import { checkAnswer, InvalidAnswer } from '../../bots/contract.js';
import { errorFields, type Log } from '../../log/log.js';
import type { LateAnswers } from '../../temporal/late-answers.js';
import { declaredTooLarge, readBody } from '../webhook/read-body.js';

export type AnswersOptions = {
  readonly secret: string;
  readonly lateAnswers: Pick<LateAnswers, 'give'>;
};

/** Seconds after which the bot may try again. */
const retryAfter = '5';

export function createAnswerRoutes({ secret, lateAnswers }: AnswersOptions, log: Log): Hono {
  const tokens = createAnswerTokens(secret);
  const app = new Hono();
  app.post('/:token', async (c) => {
    const question = tokens.open(c.req.param('token'));
    if (!question) return notFound(c, 'there is no such question');
    const read = await readAnswer(c);
    if ('refusal' in read) return read.refusal;
    const { workflowId, to } = question;
    try {
      const given = await lateAnswers.give(workflowId, { to, answer: read.answer });
      if (given === 'nobody') return notFound(c, 'the conversation is over');
      return c.json({ status: 'accepted' }, 202);
    } catch (error) {
      log.error({ thread: workflowId, ...errorFields(error) }, 'a late answer was not accepted');
      c.header('retry-after', retryAfter);
      return c.json({ error: 'not_accepted', message: 'send the answer again' }, 503);
    }
  });
  return app;
}

type Read = { readonly answer: BotAnswer } | { readonly refusal: Response };

async function readAnswer(c: Context): Promise<Read> {
  const body = declaredTooLarge(c.req.header('content-length')) ? undefined : await readBody(c);
  if (!body) {
    c.header('connection', 'close');
    const message = 'the body is larger than 1 MiB';
    return { refusal: c.json({ error: 'too_large', message }, 413) };
  }
  const [contentType] = (c.req.header('content-type') ?? '').split(';');
  if (contentType?.trim().toLowerCase() !== 'application/json') {
    const message = 'expected application/json';
    return { refusal: c.json({ error: 'content_type', message }, 415) };
  }
  try {
    return { answer: checkAnswer(JSON.parse(body.toString('utf8'))) };
  } catch (error) {
    if (error instanceof InvalidAnswer) {
      return { refusal: c.json({ error: 'not_understood', message: error.message }, 422) };
    }
    return { refusal: c.json({ error: 'not_json', message: 'the body is not JSON' }, 400) };
  }
}

function notFound(c: Context, message: string): Response {
  return c.json({ error: 'not_found', message }, 404);
}
