/** The contents as bubbles, oldest first; screen readers announce each new one. */
import { useEffect, useRef } from 'preact/hooks';
import type { ThreadRecord } from './answers.js';
import { clockTime } from './phase-entries.js';

type Content = ThreadRecord['contents'][number];
type Choice = { readonly title: string; readonly payload?: string };
type SaidProps = {
  readonly contents: readonly Content[];
  /** Called when the customer chooses an item of the last content. */
  readonly choose: (choice: Choice) => void;
};

export function Said({ contents, choose }: SaidProps) {
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [contents.length]);
  return (
    <div class="said" role="log" aria-label="Conversation" tabIndex={0} ref={log}>
      <ol>
        {contents.map((content, at) => (
          <Bubble
            key={content.id}
            content={content}
            choose={at === contents.length - 1 ? choose : undefined}
          />
        ))}
      </ol>
    </div>
  );
}

type BubbleProps = {
  readonly content: Content;
  readonly choose: SaidProps['choose'] | undefined;
};

function Bubble({ content, choose }: BubbleProps) {
  const { by, body, at, structured_content: structured } = content;
  const [kind = '', name = ''] = by.split(':');
  const choices = choose ? (structured?.items ?? []) : [];
  return (
    <li data-by={kind}>
      <span class="by">
        {kind === 'customer' || kind === 'agent' ? name : kind}{' '}
        <time dateTime={at}>{clockTime(at)}</time>
      </span>
      <span class="body">{body === '' ? '(an attachment)' : body}</span>
      {choices.length > 0 && (
        <span class="choices">
          {choices.map((choice) => (
            <button type="button" key={choice.title} onClick={() => choose?.(choice)}>
              {choice.title}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}
