/** The least a workflow can be that is there and waits: what an idle thread is compared with. */
import { condition, defineQuery, defineSignal, setHandler } from '@temporalio/workflow';

export const isThere = defineQuery<boolean>('isThere');
export const end = defineSignal('end');

export async function bare(): Promise<void> {
  let isOver = false;
  setHandler(isThere, () => true);
  setHandler(end, () => void (isOver = true));
  await condition(() => isOver);
}
