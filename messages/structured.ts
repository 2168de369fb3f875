/** Structured messages: what a channel shows besides text. Source: Engage's structured messages guide. */

/** `type` and the fields that go with it, as the platform takes them. */
export type StructuredMessage = {
  readonly type: string;
  readonly [field: string]: unknown;
};
