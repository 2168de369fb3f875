/** The key that encrypts the payloads of one scope, such as a thread. */

export type DataKey = {
  readonly key: Uint8Array;
  /** Opaque name of the key in the store, sent with each payload. */
  readonly reference: string;
};
