/** A body that ends with an error at the first byte too many; counted while it comes, held back nowhere. */
import type { Response as Answer } from 'undici';

export type Limit = {
  readonly maxBytes: number;
  readonly tooLarge: () => Error;
  /** What to throw where reading has failed. */
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
      // Lets go of the connection.
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
