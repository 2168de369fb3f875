/**
 * A naive worker: it says that a thread is with the humans when it has only asked for it. Whatever proves
 * that a handover is whole must fail with it.
 */
import { runWorker } from './run-worker.js';

await runWorker((engage) => ({
  async setThreadCategories(threadId, categoryIds) {
    void engage.setThreadCategories(threadId, categoryIds).catch(() => undefined);
    return { ...(await engage.getThread(threadId)), thread_category_ids: [...categoryIds] };
  },
}));
