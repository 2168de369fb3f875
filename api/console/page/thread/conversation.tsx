/**
 * The contents, and between them the decisions with their reasons. Scrolls to the newest unless the user
 * has scrolled up.
 */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Moment } from '../../../operator/answers.js';
import { Time } from '../parts/time.js';
import { Bubble } from './bubble.js';
import { decisionWords, type Decision } from './decision-words.js';

type Props = { readonly moments: readonly Moment[] };

export function Conversation({ moments }: Props) {
  const { place, onScroll } = useFollowing(moments.length);
  return (
    <section class="conversation" aria-label="Conversation">
      <h2>Conversation</h2>
      {/* Focusable, so that a keyboard can scroll it. */}
      <ol ref={place} class="moments" tabIndex={0} onScroll={onScroll} aria-label="Messages">
        {moments.map((moment, i) =>
          moment.is === 'content' ? (
            <Bubble key={moment.contentId} content={moment} />
          ) : (
            <DecisionLine key={`${moment.at} ${i}`} decision={moment} />
          ),
        )}
        {moments.length === 0 && <li class="empty">No messages yet.</li>}
      </ol>
    </section>
  );
}

function DecisionLine({ decision }: { readonly decision: Decision }) {
  const words = decisionWords(decision);
  if (!words) return null;
  return (
    <li class="decision">
      <Time at={decision.at} /> <strong>{words.what}</strong>
      {words.why !== '' && <> · {words.why}</>}
    </li>
  );
}

const near = 60;

function useFollowing(count: number) {
  const place = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    const list = place.current;
    if (list && isAtEnd.current) list.scrollTop = list.scrollHeight;
  }, [count]);
  const onScroll = () => {
    const list = place.current;
    if (!list) return;
    isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < near;
  };
  return { place, onScroll };
}
