/** What activities of Source SDK conversations are made from. */
import type { SdkClient } from '../../engage/source-sdk/client.js';
import type {
  AskThreadInput,
  LaneOutcome,
  SourceSdkSettings,
} from '../../workflows/contract/index.js';

export type SourceSdkPorts = {
  /** Absent where its secret is not set. */
  readonly sdk?: SdkClient | undefined;
  /** The Source SDK bot of this source. */
  readonly sourceSdkBots?: ((source: string) => SourceSdkBot | undefined) | undefined;
  readonly sourceSdkSettingsOf: (source: string) => SourceSdkSettings | undefined;
  readonly sourceSdkThreads: { askHandover(input: AskThreadInput): Promise<LaneOutcome> };
};

export type SourceSdkBot = {
  /** One attempt, signed. Its status, or `undefined` when there was no answer. */
  post(body: string, key: string): Promise<number | undefined>;
};
