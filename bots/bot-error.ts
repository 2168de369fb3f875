/**
 * Why a bot has given no answer, for who asks it. Messages name the cause and at most a host: never an
 * address's path or query, a secret, or what was said.
 */
export abstract class BotError extends Error {
  /** True where asking again could not help. */
  abstract readonly isFinal: boolean;
  /** Milliseconds the bot wants to be left alone before it is asked again. */
  readonly retryAfter: number | undefined = undefined;
}
