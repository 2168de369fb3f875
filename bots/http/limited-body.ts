/** A body that fails at the first byte above the limit; it is counted while streaming, without a buffer. */
import type { Response as Answer } from 'undici';

export type Limit = {
  readonly maxBytes: number;
  readonly tooLarge: () => Error;
  /** Maps an error of reading to the error to throw. */
  readonly failed: (error: unknown) => unknown;
};

export function limitedBody(
  body: NonNullable<Answer['body']>,
  { maxBytes, tooLarge, failed }: Limit,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let seen = 0;
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      const { value } = (await reader.read()) as { value?: Uint8Array };
      return value;
    } catch (error) {
      throw failed(error);
    }
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const chunk = await next();
    seen += chunk?.byteLength ?? 0;
    if (seen > maxBytes) {
      // Releases the connection.
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    if (chunk) controller.enqueue(chunk);
    else controller.close();
  };
  return new ReadableStream(
    { pull, cancel: (reason) => reader.cancel(reason) },
    { highWaterMark: 0 },
  );
}
