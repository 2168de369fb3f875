/** The customer profile: what the bot has found out about the customer. */

export type CustomerProfile = {
  /** By the bot's own keys. */
  readonly fields: Readonly<Record<string, string>>;
  /** Keys whose present value is stored on the platform; the handover note leaves them out. */
  readonly written: readonly string[];
};
