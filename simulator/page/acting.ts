/** Hook for actions of the page: calls a control, then refreshes everything. */
import { useCallback, useState } from 'preact/hooks';
import { callControl, type Method } from './call-control.js';

/** Resolves to undefined if the control refused; the page then shows the reason. */
export type Act = <T = unknown>(
  method: Method,
  path: string,
  body: unknown,
) => Promise<T | undefined>;

export function useActing() {
  const [pulse, setPulse] = useState(0);
  const [refused, setRefused] = useState('');
  const act: Act = useCallback(async <T>(method: Method, path: string, body: unknown) => {
    const answered = await callControl<T>(method, path, body);
    setRefused('refusal' in answered ? answered.refusal.message : '');
    setPulse((before) => before + 1);
    return 'answer' in answered ? answered.answer : undefined;
  }, []);
  return { act, pulse, refused };
}
