/** An external obstacle prevents a role from starting; the message says how to remove it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
