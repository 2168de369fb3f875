/** What the bot has learnt of the customer. */

export type CustomerProfile = {
  /** By the bot's own keys. */
  readonly fields: Readonly<Record<string, string>>;
  /** Keys whose present value is in the platform's record: the human need not be told. */
  readonly written: readonly string[];
};
