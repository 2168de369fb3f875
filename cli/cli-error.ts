/** The request cannot be fulfilled; the message is for the user. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
