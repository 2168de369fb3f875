/** Says that what is shown may be old, or that Baton refuses; quietly, and gone when it is over. */
import type { Trouble } from '../reach/use-poll.js';

export function TroubleNotice({ trouble }: { readonly trouble: Trouble | undefined }) {
  return (
    <div role="status">
      {trouble && (
        <p class="notice trouble">
          {trouble.is === 'away' ? 'Baton does not answer, trying again' : trouble.message}
        </p>
      )}
    </div>
  );
}
