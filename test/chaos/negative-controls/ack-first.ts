/**
 * A naive ingress: it acknowledges a delivery at once and signals Temporal afterwards. Every test that
 * acknowledged events are not lost must fail with it.
 */
import { runIngress } from './run-ingress.js';

await runIngress((ours) => (events) => {
  void ours(events).catch(() => undefined);
  return Promise.resolve('accepted');
});
