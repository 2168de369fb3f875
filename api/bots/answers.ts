/**
 * `POST /bots/answers/{token}`: turns a bot's late answer into a signal to the thread.
 *
 * Checks, in this order, each with its own answer: token 404 (429 after many wrong tokens, or too many
 * calls with the same one), expiry 404, size 413, content type 415, JSON 400, answer 422 naming the field.
 * 202 means that Temporal has accepted the answer. The thread decides whether it still waits for it, and
 * drops duplicates and late answers.
 */
import { Hono, type Context } from 'hono';
import { createAnswerTokens } from '../../bots/answer-token.js';
import type { BotAnswer } from '../../bots/bot.js';
import { checkAnswer, InvalidAnswer } from '../../bots/contract.js';
import { errorFields } from '../../runtime/log.js';
import type { LateAnswers } from '../../temporal/late-answers.js';
import { tooLarge, tooMany } from '../limits/rate-limits.js';
import type { Guarded } from '../limits/guarded.js';
import { retryAfter } from '../webhook/admission.js';
import { readBody } from '../webhook/read-body.js';

export type AnswersOptions = {
  readonly secret: string;
  /** Accepted during a rotation. */
  readonly previous?: string | undefined;
  readonly lateAnswers: Pick<LateAnswers, 'give'>;
  readonly now?: (() => number) | undefined;
};

/**
 * Tolerated difference between the clocks of the process that makes a token and the one that checks it, in
 * ms.
 */
const clocksDiffer = 60_000;

export function createAnswerRoutes(options: AnswersOptions, guarded: Guarded): Hono {
  const { admission, rateLimits } = guarded;
  const tokens = createAnswerTokens(options.secret, options.previous);
  const app = new Hono();
  app.post('/:token', async (c) => {
    const question = tokens.open(c.req.param('token'));
    const { workflowId, to, until = Infinity } = question ?? {};
    const seconds = question
      ? rateLimits.take('question', c, `${question.workflowId} ${question.to}`)
      : rateLimits.take('answers', c);
    if (seconds > 0) return tooMany(c, seconds);
    if (workflowId === undefined || to === undefined) {
      return notFound(c, 'unknown question');
    }
    if (until + clocksDiffer < (options.now ?? Date.now)()) {
      return notFound(c, 'the answer comes after the timeout');
    }
    const read = await readAnswer(c, rateLimits.limits.question.body);
    if ('refusal' in read) return read.refusal;
    const late = { to, answer: read.answer };
    const given = admission.within(() => give(c, workflowId, late, { ...options, ...guarded }));
    return given ?? sendAgain(c);
  });
  return app;
}

async function give(
  c: Context,
  workflowId: string,
  late: Parameters<LateAnswers['give']>[1],
  { lateAnswers, log }: AnswersOptions & Guarded,
): Promise<Response> {
  try {
    const given = await lateAnswers.give(workflowId, late);
    if (given === 'notRunning') return notFound(c, 'the conversation is over');
    return c.json({ status: 'accepted' }, 202);
  } catch (error) {
    log.error({ thread: workflowId, ...errorFields(error) }, 'a late answer was not accepted');
    return sendAgain(c);
  }
}

function sendAgain(c: Context): Response {
  c.header('retry-after', retryAfter);
  return c.json({ error: 'not_accepted', message: 'send the answer again' }, 503);
}

type Read = { readonly answer: BotAnswer } | { readonly refusal: Response };

async function readAnswer(c: Context, most: number): Promise<Read> {
  const body = await readBody(c, most);
  if (!body) return { refusal: tooLarge(c, most) };
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
