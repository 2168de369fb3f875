/** Something outside keeps a role from starting; the message says what to do about it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
