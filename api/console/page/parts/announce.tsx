/** A sentence for screen readers, in a polite live region. */
export function Announce({ words }: { readonly words: string }) {
  return (
    <p class="unseen" aria-live="polite">
      {words}
    </p>
  );
}
