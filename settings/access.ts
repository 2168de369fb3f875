/** Addresses and credentials of the services a worker calls. */
import { alertAccess } from './alerts.js';
import type { BusinessSettings } from './business.js';
import type { WorkerEnvironment } from './environment.js';
import { answerAccess } from './late-answers.js';
import { messengerAccess } from './messenger-secrets.js';
import { sourceSdkSecrets } from './source-sdk.js';

type LoadedSettings = {
  readonly environment: WorkerEnvironment;
  readonly business: BusinessSettings;
};

/** @throws SettingsError for a missing secret that `baton.config.ts` requires */
export function readAccess({ environment, business }: LoadedSettings) {
  const { ENGAGE_URL: url, ENGAGE_TOKEN: token } = environment;
  const { sources } = business;
  return {
    ...{ url, token },
    sourceSdk: sourceSdkSecrets(environment, sources),
    messenger: messengerAccess(environment, sources),
    alerts: alertAccess(environment, business),
    answers: answerAccess(environment),
  };
}
