/**
 * Base class of errors of a bot. Messages contain the cause and at most a host: never a path, query,
 * secret or customers' text.
 */
export abstract class BotError extends Error {
  /** True if a retry cannot succeed. */
  abstract readonly isFinal: boolean;
  /** Milliseconds to wait before a retry, as requested by the bot. */
  readonly retryAfter: number | undefined = undefined;
}
