/**
 * `GET /webhooks/engage`: the platform's verification of the endpoint. With the right verify token, the
 * answer is the challenge and nothing else.
 */
import type { Context } from 'hono';

const challengeLimit = 1_024;

export function createVerify(isVerifyToken: (given: string | undefined) => boolean) {
  return function verify(c: Context): Response {
    if (!isVerifyToken(c.req.query('hub.verify_token'))) {
      return c.json(
        { error: 'verify_token', message: 'hub.verify_token is missing or wrong' },
        403,
      );
    }
    if (c.req.query('hub.mode') !== 'subscribe') {
      return c.json({ error: 'mode', message: 'hub.mode: expected subscribe' }, 400);
    }
    const challenge = c.req.query('hub.challenge') ?? '';
    if (challenge === '' || challenge.length > challengeLimit) {
      return c.json({ error: 'challenge', message: 'hub.challenge is missing or too long' }, 400);
    }
    return c.text(challenge);
  };
}
