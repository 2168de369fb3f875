/**
 * Ids of Source SDK conversations. The platform returns them unchanged: a thread of ours is
 * `shop:c-17` there, a message in it is `shop:c-17:c:m-4`, and the workflow is `outside:shop:c-17`.
 */
/** The source's name in `baton.config.ts`, and the conversation's id as chosen by the Source SDK bot. */
export type SourceSdkId = { readonly source: string; readonly conversation: string };
export type SourceSdkMessageId = SourceSdkId & {
  readonly by: 'customer' | 'bot';
  readonly message: string;
};

/**
 * Allowed characters. Ids become workflow ids, so they must not contain names, numbers or addresses of
 * people.
 */
export const idPattern = /^[A-Za-z0-9_.-]{1,64}$/;

export function sourceSdkWorkflowId({ source, conversation }: SourceSdkId): string {
  return `outside:${source}:${conversation}`;
}

export function sdkThreadId({ source, conversation }: SourceSdkId): string {
  return `${source}:${conversation}`;
}

export function sdkMessageId({ by, message, ...of }: SourceSdkMessageId): string {
  return `${sdkThreadId(of)}:${by === 'bot' ? 'b' : 'c'}:${message}`;
}

export function parseSdkThreadId(id: string): SourceSdkId | undefined {
  const [source = '', conversation = '', ...rest] = id.split(':');
  const isOurs = rest.length === 0 && idPattern.test(source) && idPattern.test(conversation);
  return isOurs ? { source, conversation } : undefined;
}

export function parseSdkMessageId(id: string): SourceSdkMessageId | undefined {
  const [source = '', conversation = '', by = '', message = '', ...rest] = id.split(':');
  const of = parseSdkThreadId(`${source}:${conversation}`);
  if (!of || rest.length > 0 || !/^[bc]$/.test(by) || !idPattern.test(message)) return undefined;
  return { ...of, by: by === 'b' ? 'bot' : 'customer', message };
}

/** True for a message of the Source SDK bot, sent before it asked for a human: an automated message. */
export function isSourceSdkBots({ foreignId }: { readonly foreignId?: string }): boolean {
  return foreignId !== undefined && parseSdkMessageId(foreignId)?.by === 'bot';
}

/**
 * Returns the channel id if it identifies a Source SDK message, or the author of a content without an
 * Engage user.
 */
export function sdkIdOf(content: {
  readonly foreignId: string | undefined;
  readonly creatorId: string | undefined;
  readonly status: string | undefined;
}): string | undefined {
  const { foreignId, creatorId, status } = content;
  if (foreignId === undefined) return undefined;
  const isNative = creatorId === undefined && (status?.startsWith('user_') ?? false);
  return isNative || parseSdkMessageId(foreignId) ? foreignId : undefined;
}
