/** Publishes memo, attention and details of the directory when they change. */
import type { setCurrentDetails, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import { searchAttributes } from '../contract/index.js';
import type { DirectoryView } from '../contract/directory.js';
import { createDirectoryView, type DirectoryState } from './state.js';

type WorkflowApi = {
  readonly upsertMemo: typeof upsertMemo;
  readonly upsertSearchAttributes: typeof upsertSearchAttributes;
  readonly setCurrentDetails: typeof setCurrentDetails;
};

export class DirectoryPublisher {
  readonly #api: WorkflowApi;
  #memo = '';
  #needsAttention: boolean | undefined;

  constructor(api: WorkflowApi) {
    this.#api = api;
  }

  publish(state: DirectoryState): void {
    const view = createDirectoryView(state);
    this.#api.setCurrentDetails(detailsOf(view));
    // Progress is left out: a memo for each batch would be most of the history. Queries return it.
    const memo = JSON.stringify({ ...view, calls: 0 });
    if (memo !== this.#memo) this.#api.upsertMemo({ directory: view });
    this.#memo = memo;
    const needsAttention = view.trouble !== undefined;
    if (needsAttention === this.#needsAttention) return;
    this.#needsAttention = needsAttention;
    this.#api.upsertSearchAttributes([{ key: searchAttributes.attention, value: needsAttention }]);
  }
}

/** Current details in the Temporal UI, as Markdown. */
function detailsOf({ lastGood, isRefreshing, askedBy, trouble, calls }: DirectoryView): string {
  const lines = [
    lastGood
      ? `${lastGood.people} people on ${lastGood.sources} sources, read at ${lastGood.completedAt} with ${lastGood.calls} calls`
      : 'Nothing has been read yet: agent availability is unknown, and every handover is made',
    ...(isRefreshing ? [`Being read again, asked for by ${askedBy ?? 'nobody'}`] : []),
    ...(trouble
      ? [`**Attention**: it cannot be read since ${trouble.since}: ${trouble.code}`]
      : []),
    `${calls} calls in all`,
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}
