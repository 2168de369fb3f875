/**
 * Handler of a signed endpoint: checks size, then signature, and parses only then. It passes on `{action,
 * params}` and answers with JSON, signed over its own bytes. Errors have the SDK's form.
 *
 * Two secrets are accepted during a rotation; the answer is signed with the one that the caller used.
 */
import type { Context } from 'hono';
import { sign, signatureHeader, signedWith } from '../../../engage/source-sdk/signature.js';
import { formatSize } from '../../limits/routes.js';
import { describeTooMany } from '../../limits/rate-limits.js';
import type { Guarded } from '../../limits/guarded.js';
import { readBody } from '../../webhook/read-body.js';

export type SdkAsked = {
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
};
export type SdkAnswer = {
  readonly status: 200 | 400 | 401 | 404 | 413 | 422 | 429 | 503;
  readonly body: unknown;
};

/** `fatal`: a retry is useless. */
export function sdkError(
  status: SdkAnswer['status'],
  message: string,
  { fatal } = { fatal: true },
): SdkAnswer {
  return { status, body: { error: { fatal, message } } };
}

export type SignedRoute = Pick<Guarded, 'admission' | 'rateLimits'> & {
  readonly secrets: readonly (string | undefined)[];
  readonly answer: (asked: SdkAsked) => Promise<SdkAnswer>;
  /** Answer when there is no capacity for more calls. */
  readonly busy: SdkAnswer;
};

export function createSignedRoute({ secrets, answer, busy, admission, rateLimits }: SignedRoute) {
  const most = rateLimits.limits.sourceSdk.body;
  return async function signed(c: Context): Promise<Response> {
    const bytes = await readBody(c, most);
    if (!bytes) {
      c.header('connection', 'close');
      return c.json(sdkError(413, `the body is larger than ${formatSize(most)}`).body, 413);
    }
    // Some proxies strip unknown headers, so the signature may also be a query parameter.
    const given = c.req.header(signatureHeader) ?? c.req.query('signature');
    const secret = signedWith(secrets, bytes, given);
    if (secret === undefined) {
      const seconds = rateLimits.take('sourceSdk', c);
      if (seconds > 0) return c.json(sdkError(429, describeTooMany(c, seconds).message).body, 429);
      return c.json(sdkError(401, 'the signature is missing or wrong').body, 401);
    }
    const asked = parse(bytes);
    const answered = 'status' in asked ? asked : admission.within(() => answer(asked));
    const { status, body } = (await answered) ?? busy;
    const text = JSON.stringify(body);
    c.header('content-type', 'application/json; charset=utf-8');
    c.header(signatureHeader, sign(secret, text));
    return c.body(text, status);
  };
}

function parse(bytes: Buffer): SdkAsked | SdkAnswer {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return sdkError(400, 'the body is not JSON');
  }
  if (!isObject(json) || typeof json['action'] !== 'string') {
    return sdkError(400, 'action: is missing');
  }
  const params = json['params'] ?? {};
  if (!isObject(params)) return sdkError(400, 'params: is not an object');
  return { action: json['action'], params };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
