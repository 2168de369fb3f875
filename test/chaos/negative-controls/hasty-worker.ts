/**
 * A naive worker: it reports that humans have a thread as soon as it has asked for it. Every test that
 * handovers are complete must fail with it.
 */
import { runWorker } from './run-worker.js';

await runWorker((engage) => ({
  async setThreadCategories(threadId, categoryIds) {
    void engage.setThreadCategories(threadId, categoryIds).catch(() => undefined);
    return { ...(await engage.getThread(threadId)), thread_category_ids: [...categoryIds] };
  },
}));
