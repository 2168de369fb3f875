/** State of custom channels (Source SDK). */
export type SdkChannel = {
  url: string;
  secret: string;
  /** The endpoint's implementation info from when the channel was saved. */
  implementation: { objects: Record<string, string[]>; options: string[] } | null;
};

export type ChannelCall = {
  at: string;
  action: string;
  params: object;
  status: number | null;
  answer: unknown;
};
