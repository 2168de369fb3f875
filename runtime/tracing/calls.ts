/** Spans around calls to the platform, named by method and path template, under the current span. */
import type { Tracing } from './tracing.js';

/** `call`: such as `GET /content_threads/{id}`. */
export type AroundCall = <T>(call: string, run: () => Promise<T>) => Promise<T>;

export function aroundCalls(tracing: Tracing): AroundCall {
  return (call, run) => {
    const [method = '', template = ''] = call.split(' ');
    const attributes = { 'http.request.method': method, 'url.template': template };
    return tracing.within({ name: call, kind: 'client', attributes }, run);
  };
}
