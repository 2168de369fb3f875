/**
 * Converts waiting times: the platform counts seconds, Baton counts milliseconds. For the bot's side,
 * `queueUnit` selects the unit on the way out.
 */
import type { SourceSdkEvent } from '../../../workflows/contract/index.js';

type QueueMoved = Extract<SourceSdkEvent, { type: 'queueMoved' }>;
type Given = {
  readonly estimated_wait_time?: number | undefined;
  readonly position?: number | undefined;
};

export function queueMoved({ estimated_wait_time: seconds, position }: Given): QueueMoved {
  return {
    type: 'queueMoved',
    ...(position !== undefined && { position }),
    ...(seconds !== undefined && { estimatedWait: Math.round(seconds * 1000) }),
  };
}
