/** The key of one person's payloads. */

export type DataKey = {
  readonly key: Uint8Array;
  /** Names it for whoever has the store: what travels beside a payload. */
  readonly reference: string;
};
