/** What activities of outside conversations are made from. */
import type { SdkClient } from '../../engage/source-sdk/client.js';
import type {
  AskThreadInput,
  LaneOutcome,
  OutsideSettings,
} from '../../workflows/contract/index.js';

export type OutsidePorts = {
  /** Absent where its secret is not set. */
  readonly sdk?: SdkClient | undefined;
  /** The outside bot of this source. */
  readonly outsideBots?: ((source: string) => OutsideBot | undefined) | undefined;
  readonly outsideSettingsOf: (source: string) => OutsideSettings | undefined;
  readonly outsideThreads: { askHandover(input: AskThreadInput): Promise<LaneOutcome> };
};

export type OutsideBot = {
  /** One attempt, signed. Its status, or `undefined` when there was no answer. */
  post(body: string, key: string): Promise<number | undefined>;
};
