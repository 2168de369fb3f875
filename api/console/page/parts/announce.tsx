/** A sentence for who listens to the page instead of looking at it; politely, one at a time. */
export function Announce({ words }: { readonly words: string }) {
  return (
    <p class="unseen" aria-live="polite">
      {words}
    </p>
  );
}
