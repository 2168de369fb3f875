/** Creates what the operator's routes need, from the business settings and the environment. */
import type { BusinessSettings } from '../../settings/business.js';
import { directoryPlan } from '../../settings/directory-plan.js';
import type { ApiEnvironment } from '../../settings/environment.js';
import { sourceSdkChannels } from '../../settings/source-sdk.js';
import { connectBrokenThreads } from '../../temporal/broken-threads.js';
import { connectDirectories } from '../../temporal/directories.js';
import { connectEmergencies } from '../../temporal/emergencies.js';
import { connectOperatedThreads } from '../../temporal/operated-threads.js';
import { connectReconcilerReports } from '../../temporal/reconciler-reports.js';
import type { TemporalSettings } from '../../temporal/settings.js';
import { createCredentials } from './credentials.js';
import type { OidcSettings } from './oidc.js';
import { createCounts } from './overview.js';
import type { OperatorOptions } from './routes.js';
import { createSampler } from './sampler.js';
import { listNames } from './scope.js';
import { createSessions } from './session.js';
import { createWorkersReader } from './worker-metrics.js';

export type OperatorEnvironment = Partial<
  Pick<
    ApiEnvironment,
    | 'BATON_OPERATOR_TOKEN'
    | 'BATON_SESSION_SECRET'
    | 'BATON_CONSOLE_URL'
    | 'BATON_TEMPORAL_UI_URL'
    | 'BATON_WORKERS_URL'
    | 'BATON_OIDC_ISSUER'
    | 'BATON_OIDC_CLIENT_ID'
    | 'BATON_OIDC_CLIENT_SECRET'
    | 'BATON_OIDC_CLAIM'
  >
>;

export function connectOperator(
  temporal: TemporalSettings,
  business: BusinessSettings,
  environment: OperatorEnvironment,
): { readonly options: OperatorOptions; close(): Promise<void> } {
  const threads = connectOperatedThreads(temporal);
  const broken = connectBrokenThreads(temporal);
  const emergencies = connectEmergencies(temporal);
  const directories = connectDirectories(temporal);
  const reconciler = connectReconcilerReports(temporal);
  const { BATON_CONSOLE_URL: consoleUrl, BATON_WORKERS_URL: workersUrl } = environment;
  const workers = createWorkersReader({ url: workersUrl ?? '' });
  const counts = createCounts(threads);
  const credentials = createCredentials(business.operators, environment.BATON_OPERATOR_TOKEN);
  const sampler = createSampler({ read: () => workers.read(), counts });
  // Without operators no samples are needed.
  if (credentials.isEmpty) sampler.close();
  const sessions = createSessions(credentials, {
    secret: environment.BATON_SESSION_SECRET,
    isHttps: consoleUrl?.startsWith('https:') ?? false,
  });
  const options: OperatorOptions = {
    ...{ credentials, sessions, oidc: oidcSettings(environment) },
    ...{ threads, broken, emergencies, reconciler, counts, workers, sampler },
    directory: { directories, plan: directoryPlan(business).plan },
    names: listNames(business),
    sourceSdkSources: [...sourceSdkChannels(business.sources).keys()],
    fallbacks: fallbacksOf(business),
    areWorkersKnown: workersUrl !== undefined,
    temporalUi: temporalUiOf(environment, temporal),
  };
  const connected = [threads, broken, emergencies, directories, reconciler];
  return {
    options,
    async close() {
      sampler.close();
      for (const one of connected) await one.close();
    },
  };
}

function oidcSettings(environment: OperatorEnvironment): OidcSettings | undefined {
  const { BATON_OIDC_ISSUER: issuer, BATON_OIDC_CLIENT_ID: clientId } = environment;
  const { BATON_OIDC_CLIENT_SECRET: clientSecret, BATON_CONSOLE_URL: consoleUrl } = environment;
  if (!issuer || !clientId || !clientSecret || !consoleUrl) return undefined;
  const claim = environment.BATON_OIDC_CLAIM ?? 'email';
  return { issuer, clientId, clientSecret, consoleUrl, claim };
}

function fallbacksOf({ bots }: BusinessSettings): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(bots).map(([name, { fallback }]) => [name, fallback]));
}

function temporalUiOf(
  { BATON_TEMPORAL_UI_URL: ui }: OperatorEnvironment,
  { namespace }: TemporalSettings,
): string | undefined {
  return ui && `${ui.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}`;
}
