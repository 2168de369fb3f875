/** The ports of the activities of Source SDK conversations. */
import type { SdkClient } from '../../engage/source-sdk/client.js';
import type {
  AskThreadInput,
  LaneOutcome,
  SourceSdkSettings,
} from '../../workflows/contract/index.js';

export type SourceSdkPorts = {
  /** Absent if its secret is not set. */
  readonly sdk?: SdkClient | undefined;
  /** The Source SDK bot of this source. */
  readonly sourceSdkBots?: ((source: string) => SourceSdkBot | undefined) | undefined;
  readonly sourceSdkSettingsOf: (source: string) => SourceSdkSettings | undefined;
  readonly sourceSdkThreads: { askHandover(input: AskThreadInput): Promise<LaneOutcome> };
};

export type SourceSdkBot = {
  /** Makes one signed attempt. Returns the status, or `undefined` if there was no answer. */
  post(body: string, key: string): Promise<number | undefined>;
};
