/**
 * Pushes to the platform's realtime endpoint for channels of one's own: `POST /realtime/sdk/{source}`,
 * signed, `{action, params}`, success is 200 with the text `ok`. One attempt a call; repeating one is
 * safe, because the platform knows created things by our ids.
 *
 * What a refusal means is one table: the platform says it in the text, the status alone tells little.
 */
import { sign, signatureHeader } from './signature.js';

export type SdkPush = {
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
};

export type SdkClient = {
  /** @throws SdkError */
  push(sourceId: string, push: SdkPush): Promise<void>;
};

/** `isTransient`: the same push may succeed later. `isSettings`: the account's or ours are wrong. */
export const sdkErrorTable = {
  BadRequest: { isTransient: false, isSettings: false },
  TooLarge: { isTransient: false, isSettings: false },
  SourceNotFound: { isTransient: false, isSettings: true },
  InvalidSignature: { isTransient: false, isSettings: true },
  InvalidAction: { isTransient: false, isSettings: true },
  InvalidResource: { isTransient: false, isSettings: false },
  Refused: { isTransient: false, isSettings: false },
  TooManyTypings: { isTransient: true, isSettings: false },
  PlatformFailed: { isTransient: true, isSettings: false },
  NotAnswered: { isTransient: true, isSettings: false },
} as const satisfies Record<string, { isTransient: boolean; isSettings: boolean }>;
export type SdkErrorCode = keyof typeof sdkErrorTable;

/** What it says of 422, by its beginning; the rest are refusals of structured contents. */
const unprocessable: readonly (readonly [string, SdkErrorCode])[] = [
  ['Source not found', 'SourceNotFound'],
  ['Invalid signature', 'InvalidSignature'],
  ['Invalid action', 'InvalidAction'],
  ['Invalid resource format', 'InvalidResource'],
];

export class SdkError extends Error {
  readonly code: SdkErrorCode;
  /** Milliseconds after which to try again, where it is known. */
  readonly retryAfter: number | undefined;

  constructor(code: SdkErrorCode, about: { status?: number; cause?: unknown } = {}) {
    super(['realtime push', about.status].filter((part) => part !== undefined).join(' '), {
      cause: about.cause,
    });
    this.code = code;
    this.retryAfter = code === 'TooManyTypings' ? typingPause : undefined;
  }

  override get name(): string {
    return `Sdk.${this.code}`;
  }
  get isTransient(): boolean {
    return sdkErrorTable[this.code].isTransient;
  }
}

/** One a thread in so many milliseconds. */
const typingPause = 2_000;

export type SdkClientOptions = {
  /** The console's host, which is the API's without `.api`. */
  readonly url: string;
  readonly secret: string;
  readonly timeout: number;
};

export function createSdkClient({ url, secret, timeout }: SdkClientOptions): SdkClient {
  return {
    async push(sourceId, { action, params }) {
      const body = JSON.stringify({ action, params });
      const { status, text } = await post(`${url}/realtime/sdk/${encodeURIComponent(sourceId)}`, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
        headers: { 'content-type': 'application/json', [signatureHeader]: sign(secret, body) },
        body,
      });
      if (status !== 200) throw new SdkError(sdkErrorOf(status, text), { status });
      // Any other success is somebody else's: a proxy's page, say.
      if (text.trim() !== 'ok') throw new SdkError('NotAnswered', { status });
    },
  };
}

async function post(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new SdkError('NotAnswered', { cause });
  }
}

export function sdkErrorOf(status: number, text: string): SdkErrorCode {
  if (status === 400) return 'BadRequest';
  if (status === 413) return 'TooLarge';
  if (status === 429) return 'TooManyTypings';
  if (status === 422) {
    return unprocessable.find(([start]) => text.startsWith(start))?.[1] ?? 'Refused';
  }
  return status >= 500 || status === 408 || status < 300 ? 'PlatformFailed' : 'Refused';
}

/** `https://account.api.digital…/1.0` is pushed to at `https://account.digital…`. */
export function realtimeUrl(engageUrl: string): string {
  const { protocol, host } = new URL(engageUrl);
  return `${protocol}//${host.replace('.api.', '.')}`;
}
