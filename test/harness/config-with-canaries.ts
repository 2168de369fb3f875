/** The business of a test about canaries: a bot behind HTTP, alerts, and a source whose bot is outside. */
import { sourceSdkConfig } from '../source-sdk/config.js';

const variable = (name: string) => process.env[name] ?? '';
const { bots, ...usual } = sourceSdkConfig(variable('TEST_SOURCE_SDK_URL'));

export const config = {
  ...usual,
  bots: {
    ...bots,
    tester: {
      http: { url: variable('TEST_BOT_URL'), secretFrom: 'TEST_BOT_SECRET', allowPrivate: true },
    },
  },
  alerts: { url: variable('TEST_ALERT_URL') },
};
