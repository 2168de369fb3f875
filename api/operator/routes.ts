/** Mounts the operator's routes, with authorisation, and with 503 while Temporal is not reachable. */
import { Hono, type Context } from 'hono';
import { errorFields, type Log } from '../../runtime/log.js';
import { createRateLimits, type RateLimits } from '../limits/rate-limits.js';
import { EmergencyAbandoned } from '../../temporal/emergencies.js';
import { TemporalAway } from '../../temporal/operator-connection.js';
import { createAuthorise, createNeedRole, type OperatorEnv } from './authorise.js';
import { limitSize } from './body.js';
import { describeOpenApi } from './openapi.js';
import { createSignIn, type SignInOptions } from './sign-in.js';
import { createRoutes, type OperatorServices } from './table.js';

export type OperatorOptions = SignInOptions & OperatorServices;

/** Without options every route answers how to configure the API. */
export function createOperatorRoutes(
  options: OperatorOptions | undefined,
  log: Log,
  rateLimits: RateLimits = createRateLimits(),
): Hono<OperatorEnv> {
  const app = new Hono<OperatorEnv>();
  app.use('*', limitSize(rateLimits.limits.operator.body), noStore);
  app.use('/session/*', rateLimits.each('session'));
  app.route('/session', createSignIn(options, log, rateLimits));
  app.use('*', createAuthorise(options, rateLimits));
  for (const { method, path, needs, handle } of options ? createRoutes(options, log) : []) {
    app[method](path, createNeedRole(needs), handle);
  }
  app.onError((error, c) => failed(error, c, log));
  return app;
}

/** `GET /openapi.json` */
export function createOpenApi(options: OperatorOptions, log: Log) {
  let document: object | undefined;
  return (c: Context): Response =>
    c.json((document ??= describeOpenApi(createRoutes(options, log))));
}

/** Answers must not be cached. */
async function noStore(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  c.header('cache-control', 'no-store');
}

function failed(error: Error, c: Context, log: Log): Response {
  if (error instanceof EmergencyAbandoned) {
    return c.json({ error: 'abandoned', message: error.message }, 409);
  }
  if (!(error instanceof TemporalAway)) throw error;
  log.error(errorFields(error.cause), 'Temporal is unreachable');
  c.header('retry-after', '5');
  const message = `${error.message}: the command may not have been applied; retry`;
  return c.json({ error: 'temporal_away', message }, 503);
}
