/** One content, on its author's side; below an unanswered content of a customer, why no reply followed. */
import type { Moment } from '../../../operator/answers.js';
import { Time } from '../parts/time.js';

type Content = Moment & { readonly is: 'content' };

const authors: Readonly<Record<Content['by'], string>> = {
  customer: 'Customer',
  bot: 'Bot',
  agent: 'Agent',
  automatic: 'Automatic',
};

export function Bubble({ content }: { readonly content: Content }) {
  const { by, body, at, why } = content;
  return (
    <li class={`bubble by-${by}`}>
      <p class="author">
        {authors[by]} <Time at={at} />
      </p>
      <p class="body">{body}</p>
      {why !== null && <p class="why-not">Not answered by the bot: {why}</p>}
    </li>
  );
}
