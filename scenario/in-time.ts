/** The SDK gives a server of a machine's own five seconds to listen, which a busy machine does not always keep. */
export async function startInTime<T>(start: () => Promise<T>, tries = 4): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
}
