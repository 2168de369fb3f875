/** What something cost this process: time on the wall, and time of its processors on all its threads. */
export type Cost = {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
};

export async function costOf(what: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage();
  const began = performance.now();
  await what();
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1_000 };
}
