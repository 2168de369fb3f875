/** What was asked cannot be done; the message is for whoever asked. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
