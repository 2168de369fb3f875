/** Payloads and failures as the server keeps them, by the converters of Temporal's SDK. */
import {
  defaultFailureConverter,
  defaultPayloadConverter,
  ensureApplicationFailure,
  type Payload,
  type ProtoFailure,
} from '@temporalio/common';

export type { Payload, ProtoFailure };

export const toPayload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
export const fromPayload = (payload: Payload): unknown =>
  defaultPayloadConverter.fromPayload(payload);

export function fromPayloads(payloads: readonly Payload[] | null | undefined): unknown[] {
  return (payloads ?? []).map(fromPayload);
}

export function sizeOf(payloads: readonly Payload[] | null | undefined): number {
  return (payloads ?? []).reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
}

/** As the worker reports what an activity has thrown. */
export function failureOf(error: unknown): ProtoFailure {
  return defaultFailureConverter.errorToFailure(
    ensureApplicationFailure(error),
    defaultPayloadConverter,
  );
}

/** Values of the protocol's `TimeoutType`. */
const timeoutTypes = { startToClose: 1, scheduleToClose: 3, heartbeat: 4 };

export function timeoutFailure(type: keyof typeof timeoutTypes): ProtoFailure {
  const timeoutFailureInfo = { timeoutType: timeoutTypes[type] };
  return { message: `activity ${type} timeout`, timeoutFailureInfo };
}

export const canceledFailure: ProtoFailure = { message: 'canceled', canceledFailureInfo: {} };

/** As the server wraps an activity's last failure. */
export function activityFailure(
  { activityType, activityId }: { readonly activityType: string; readonly activityId: string },
  cause: ProtoFailure,
): ProtoFailure {
  return {
    message: 'Activity task failed',
    activityFailureInfo: { activityType: { name: activityType }, activityId },
    cause,
  };
}

/** Milliseconds of a duration of the protocol; `undefined` if it is absent or zero. */
export function millisecondsOf(duration: Duration | null | undefined): number | undefined {
  if (!duration) return undefined;
  const seconds = Number(duration.seconds ?? 0);
  const milliseconds = seconds * 1_000 + (duration.nanos ?? 0) / 1e6;
  return milliseconds === 0 ? undefined : milliseconds;
}

export type Duration = {
  readonly seconds?: { toString(): string } | number | null;
  readonly nanos?: number | null;
};
