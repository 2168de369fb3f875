/**
 * The tests that `npm test` leaves to `npm run guarantees`, with the reason for each. `docs/testing.md` lists them
 * (`test/house/long-run.test.ts`); `BATON_LONG_TESTS=1 npm test` plays them with the others.
 */
export const longRun: Readonly<Record<string, string>> = {
  'test/threads/idle-threads.test.ts': 'two thousand conversations, a minute',
  'test/threads/directory-large.test.ts': 'an account of 10,000 users, a minute',
  'test/threads/reconcile-outage.test.ts': 'four hours without events for 500 threads, two minutes',
  'test/threads/bot-version.test.ts': 'waits in real time while a bot is replaced',
  'test/simulation/real.test.ts': 'two simulated seeds on a real Temporal server, a minute',
  'test/threads/emergency.test.ts': 'hundreds of conversations in real time, three minutes',
  'test/threads/chatbot-kit.test.ts':
    'three bots of the kit, their worker killed three times, a minute',
  'test/threads/long-history.test.ts': 'hundreds of contents in one thread, half a minute',
  'test/threads/ten-thousand.test.ts': 'ten thousand contents in one thread, half a minute',
  'test/cli/scenario/another-business.test.ts':
    'scenarios once more, each with the rule it is about changed, a minute',
  'test/source-sdk/long.test.ts': 'conversations long enough for several runs, a minute',
  'test/temporal/encryption/everywhere.test.ts': 'every process with encryption on, a minute',
  'test/temporal/encryption/erase-thousand.test.ts': 'a thousand conversations erased, a minute',
  'test/temporal/encryption/erase-meanwhile.test.ts': 'waits for keys that expire in real time',
};

/** In `npm test` with fewer of what they are about, in the long run with all. */
export const largerInLongRun: Readonly<Record<string, string>> = {
  'test/cli/scenario/scenarios.test.ts': 'with three hours of failing calls, half a minute',
  'test/workflows/thread/left-waiting.test.ts': '24,000 random conversations instead of 1,200',
  'test/api/many-threads.test.ts': '10,000 threads instead of 250',
};
