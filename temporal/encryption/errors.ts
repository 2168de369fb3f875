/** What keeps a payload from being encrypted or opened. No message holds a key, or anything that was said. */

/** The key store does not answer, or its keys cannot be opened by this process now: try again. */
export class KeyStoreAway extends Error {
  override readonly name = 'KeyStoreAway';
}

/** The key was destroyed: what it encrypted is erased, for everybody and for ever. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
}

/** It is not what was encrypted, or it was encrypted beside another key store. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
}
