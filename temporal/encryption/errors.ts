/** Why a payload cannot be encrypted or decrypted. No message contains a key or payload data. */

/** The key store does not answer, or this process cannot unwrap its keys now: retry. */
export class KeyStoreAway extends Error {
  override readonly name = 'KeyStoreAway';
}

/** The key was destroyed: its payloads are erased for good. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
}

/** The payload was modified, or it was encrypted with keys of another store. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
}
