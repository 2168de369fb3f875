/**
 * Pushes to the platform's realtime endpoint for custom channels: `POST /realtime/sdk/{source}`, signed,
 * `{action, params}`; success is 200 with the text `ok`. One attempt a call; repeating one is safe,
 * because the platform recognises created objects by our ids.
 *
 * One table interprets refusals, by the answer's text, because the status alone is ambiguous.
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

/**
 * `isTransient`: the same push may succeed later. `isSettings`: the account's or Baton's settings are
 * wrong.
 */
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

/** Texts of a 422 by their beginning; all others are refused structured contents. */
const unprocessable: readonly (readonly [string, SdkErrorCode])[] = [
  ['Source not found', 'SourceNotFound'],
  ['Invalid signature', 'InvalidSignature'],
  ['Invalid action', 'InvalidAction'],
  ['Invalid resource format', 'InvalidResource'],
];

export class SdkError extends Error {
  readonly code: SdkErrorCode;
  /** Milliseconds to wait before a retry, where known. */
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

/** Minimum interval of typing indicators per thread, in milliseconds. */
const typingPause = 2_000;

export type SdkClientOptions = {
  /** The console's host: the API's without `.api`. */
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
      if (status !== 200) throw new SdkError(readSdkError(status, text), { status });
      // Any other success comes from something else, such as a proxy's page.
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

export function readSdkError(status: number, text: string): SdkErrorCode {
  if (status === 400) return 'BadRequest';
  if (status === 413) return 'TooLarge';
  if (status === 429) return 'TooManyTypings';
  if (status === 422) {
    return unprocessable.find(([start]) => text.startsWith(start))?.[1] ?? 'Refused';
  }
  return status >= 500 || status === 408 || status < 300 ? 'PlatformFailed' : 'Refused';
}

/** Converts `https://account.api.digital…/1.0` to `https://account.digital…`. */
export function realtimeUrl(engageUrl: string): string {
  const { protocol, host } = new URL(engageUrl);
  return `${protocol}//${host.replace('.api.', '.')}`;
}
