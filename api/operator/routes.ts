/** All routes of the operator, on one screen: behind the token, and away when Temporal is. */
import { Hono } from 'hono';
import { errorFields, type Log } from '../../log/log.js';
import { EmergencyAbandoned, type Emergencies } from '../../temporal/emergencies.js';
import { TemporalAway } from '../../temporal/operator-connection.js';
import { createAuthorise } from './authorise.js';
import { limitSize } from './body.js';
import { createRefreshDirectory, createShowDirectory, type DirectoryDoor } from './directory.js';
import { createDeclare, createEnd, createShow } from './emergency.js';
import type { Names } from './scope.js';

export type OperatorOptions = {
  readonly token: string;
  readonly emergencies: Emergencies;
  readonly names: Names;
  readonly directory: DirectoryDoor;
};

/** Without options all of them answer how to set them up. */
export function createOperatorRoutes(options: OperatorOptions | undefined, log: Log): Hono {
  const app = new Hono();
  app.use('*', createAuthorise(options?.token), limitSize);
  if (!options) return app;

  app.post('/emergency', createDeclare(options));
  app.post('/emergency/end', createEnd(options));
  app.get('/emergency', createShow(options));
  app.post('/directory/refresh', createRefreshDirectory(options.directory));
  app.get('/directory', createShowDirectory(options.directory));

  app.onError((error, c) => {
    if (error instanceof EmergencyAbandoned) {
      return c.json({ error: 'abandoned', message: error.message }, 409);
    }
    if (!(error instanceof TemporalAway)) throw error;
    log.error(errorFields(error.cause), 'Temporal is away');
    c.header('retry-after', '5');
    const message = `${error.message}: it may not have been taken, ask again`;
    return c.json({ error: 'temporal_away', message }, 503);
  });
  return app;
}
