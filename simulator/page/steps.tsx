/** The progress line of the guided tour: completed steps and the next one. */
import { steps, stepsDone } from './minute.js';
import type { ThreadRecord } from './answers.js';

export function Steps({ record }: { readonly record: ThreadRecord | undefined }) {
  const done = stepsDone(record);
  const stateOf = (at: number) => {
    if (at < done) return 'done';
    return at === done ? 'now' : 'later';
  };
  return (
    <nav aria-label="Baton in one minute">
      <ol class="steps">
        {steps.map((step, at) => (
          <li key={step.do} data-step={stateOf(at)} aria-current={at === done ? 'step' : undefined}>
            <span class="mark" aria-hidden="true">
              {at < done ? '✓' : at + 1}
            </span>
            <span>
              <b>{step.do}</b>
              {at < done && <span class="unseen"> (done)</span>}: {step.then}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
