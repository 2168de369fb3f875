/** Where the worker of `npm start` serves its health, and the setting by which the ingress reads it. */
import type { Environment, Ports } from '../../settings/environment.js';

/** Passed to all roles; roles without these variables ignore them. */
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
