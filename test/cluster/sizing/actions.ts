/**
 * Temporal Cloud's billable actions, counted from a history by its published list. Not in histories, and
 * not counted here: queries, which the console asks, and schedules.
 */
import type { HistoryEvent } from '../../harness/outcome/histories.js';

/** @param from events before this one are an earlier time's */
export function actionsIn(history: readonly HistoryEvent[], from = 0): number {
  const events = history.slice(from);
  let actions = 0;
  const withLocalActivities = new Set<string>();
  for (const event of events) {
    actions += actionsOf(event);
    const marker = event.markerRecordedEventAttributes;
    // Local activities of one workflow task are one action.
    if (marker?.markerName === 'core_local_activity') {
      withLocalActivities.add(String(marker.workflowTaskCompletedEventId));
    }
  }
  return actions + withLocalActivities.size;
}

function actionsOf(event: HistoryEvent): number {
  const attempt = event.activityTaskStartedEventAttributes?.attempt;
  const one =
    event.workflowExecutionStartedEventAttributes ??
    event.workflowExecutionSignaledEventAttributes ??
    event.workflowExecutionUpdateAcceptedEventAttributes ??
    event.timerStartedEventAttributes ??
    event.upsertWorkflowSearchAttributesEventAttributes;
  return attempt ?? (one ? 1 : 0);
}
