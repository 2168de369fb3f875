/** Notice that the data shown may be old, or that Baton refuses the request; it disappears with its cause. */
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
