/** Where the worker of `npm start` tells how it does, and that the ingress asks there. */
import type { Environment, Ports } from '../../settings/environment.js';

/** For all roles; those that do not ask for these variables never see them. */
export function healthOfWorker(
  { BATON_WORKER_HEALTH_PORT: port, BATON_API_HOST: host }: Ports,
  env: Environment,
): Readonly<Record<string, string>> {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const at = isEverywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return {
    BATON_WORKER_HEALTH_PORT: `${port}`,
    BATON_WORKERS_URL: env['BATON_WORKERS_URL'] || `http://${at}:${port}`,
  };
}
