/** Histogram buckets, in seconds, of the durations that threads record, by metric name. */
const minute = 60;
const hour = 3_600;

/** From a scripted bot to the longest acceptable reply. */
const ofReplies = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, minute, 2 * minute, 5 * minute];
/** From an agent who is available to an agent tomorrow. */
const ofPeople = [
  ...[5, 15, 30, minute, 2 * minute, 5 * minute, 10 * minute, 20 * minute, 40 * minute],
  ...[hour, 2 * hour, 4 * hour, 8 * hour, 24 * hour, 72 * hour],
];

export const histogramBucketOverrides: Record<string, number[]> = {
  baton_reply_seconds: ofReplies,
  baton_outbox_age_seconds: ofReplies,
  baton_phase_seconds: ofPeople,
  baton_waited_seconds: ofPeople,
};
