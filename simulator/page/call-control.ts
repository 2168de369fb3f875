/** One call of a simulator control: its answer, or the reason of a failure. */
export type ControlFailure = { readonly error: string; readonly message: string };
export type Answered<T> =
  { readonly answer: T; readonly text: string } | { readonly refusal: ControlFailure };

export type Method = 'GET' | 'POST' | 'PUT';

const unreachable = {
  error: 'simulator_away',
  message: 'The simulator does not answer. Is it still running?',
};

export async function callControl<T>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answered<T>> {
  try {
    const response = await fetch(path, {
      method,
      ...(signal && { signal }),
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await response.text();
    const answer: unknown = JSON.parse(text);
    if (response.ok) return { answer: answer as T, text };
    const { error, message = error } = answer as { error: string; message?: string };
    return { refusal: { error, message } };
  } catch {
    return { refusal: unreachable };
  }
}
