/** The result of a dry run, and the button that continues to the confirmation. */
import type { DryRun } from '../reach/answers.js';
import { DryRunTable } from './dry-run-table.js';

type Props = {
  readonly found: DryRun;
  readonly tone: 'danger' | 'primary';
  /** Label of the confirmed action. */
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
