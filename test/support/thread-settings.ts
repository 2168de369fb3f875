/** Settings of one source, for tests of the pure core: short names, round numbers. */
import type { SourceSettings } from '../../workflows/source-settings.js';

const minute = 60_000;

export const testSettings: SourceSettings = {
  name: 'chat',
  sourceId: 'source-chat',
  botUser: { userId: 'user-bot', identityIds: ['identity-brand'] },
  automaticIdentityIds: ['identity-welcome'],
  categories: { bot: 'category-bot', agent: 'category-agent' },
  bot: { name: 'helper', runs: 'inProcess', timeout: 5_000, budget: 60_000 },
  policies: ['hand-over-when-asked', 'hand-over-when-bot-fails', 'reopen-to-bot'],
  handOverWords: ['human'],
  maxFailedTurns: 2,
  burst: { quiet: 1_000, cap: 5_000 },
  settleWindow: 5 * minute,
  threadInclusionDelay: 24 * 60 * minute,
  closeWhenSilentFor: 24 * 60 * minute,
  linger: 26 * 60 * minute,
  openIntervention: 'never',
  texts: { handover: 'HANDOVER', handoverFailed: 'HANDOVER FAILED', botFailed: 'BOT FAILED' },
  callTimeout: 16_000,
  confirm: { wait: 5_000, looks: 2, sends: 3 },
};
