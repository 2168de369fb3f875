/** What a dry run found, and the button that goes on to the last step. */
import type { DryRun } from '../reach/answers.js';
import { DryRunTable } from './dry-run-table.js';

type Props = {
  readonly found: DryRun;
  readonly tone: 'danger' | 'primary';
  /** What the last step does. */
  readonly does: string;
  readonly onMean: () => void;
};

export function Found({ found, tone, does, onMean }: Props) {
  return (
    <div role="status">
      <DryRunTable found={found} />
      <button type="button" class={tone} onClick={onMean}>
        {does} …
      </button>
    </div>
  );
}
