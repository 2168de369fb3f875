/** Fixed secrets of a stack on one machine: of tests, scenarios and benches. */
export const secrets = {
  ENGAGE_TOKEN: 'token-of-the-bot',
  BATON_WEBHOOK_SECRET: 'webhook-secret',
  BATON_WEBHOOK_VERIFY_TOKEN: 'verify-token',
  BATON_OPERATOR_TOKEN: 'token-of-the-operator',
  BATON_SOURCE_SDK_SECRET: 'not-a-real-channel-token',
  BATON_SOURCE_SDK_BOT_SECRET: 'secret-of-the-source-sdk-bot',
  BATON_ANSWER_SECRET: 'secret-of-late-answers',
  BATON_ALERT_SECRET: 'secret-of-the-alerts',
  BATON_MESSENGER_TOKEN: 'token-of-the-page',
  BATON_MESSENGER_APP_SECRET: 'secret-of-the-app',
  BATON_MESSENGER_VERIFY_TOKEN: 'verify-token-of-the-app',
} as const;

/** Calls a minute, where the rate limit of the platform is not what is tested. */
export const unlimited = 1_000_000;
