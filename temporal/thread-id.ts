/** The ids of a thread on the platform. */

export type ThreadId = { readonly domainId: string; readonly threadId: string };
