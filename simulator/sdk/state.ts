/** What the simulator knows of channels of one's own (Source SDK). */
export type SdkChannel = {
  url: string;
  secret: string;
  /** What its endpoint said it is, when it was saved. */
  implementation: { objects: Record<string, string[]>; options: string[] } | null;
};

export type ChannelCall = {
  at: string;
  action: string;
  params: object;
  status: number | null;
  answer: unknown;
};
