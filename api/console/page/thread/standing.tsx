/** The state of the thread in one line, and the reason in one sentence. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ThreadView } from '../../../operator/answers.js';
import { Announce } from '../parts/announce.js';
import { formatDuration } from '../parts/duration.js';
import { PhasePill } from '../parts/phase-pill.js';
import { Time } from '../parts/time.js';
import { counted, doingWords, phaseWords, speakerWords } from '../parts/words.js';

type Props = { readonly thread: ThreadView; readonly now: number };

export function Standing({ thread, now }: Props) {
  const { phase, since, why, attentionWhy, botPausedUntil, isRunning, doing, next } = thread;
  return (
    <section class="standing" aria-label="Current state">
      <p class="now">
        <PhasePill phase={phase} />
        {since !== null && (
          <span class="number">for {formatDuration(now - Date.parse(since))}</span>
        )}
        {next !== null && (
          <span>
            Speaks next: {speakerWords[next.who]}
            {next.unanswered > 0 && ` (${counted(next.unanswered, 'message')} unanswered)`}
          </span>
        )}
        {doing !== null && <span class="doing">now {doingWords(doing)}</span>}
        {!isRunning && (
          <span class="muted">its run has ended: the next message starts a new one</span>
        )}
      </p>
      <p class="why">{why}</p>
      {attentionWhy !== null && (
        <p class="notice loud">
          <strong>Attention:</strong> {attentionWhy}
        </p>
      )}
      {botPausedUntil !== null && (
        <p class="notice">
          The bot is paused until <Time at={botPausedUntil} />.
        </p>
      )}
      <Announce words={usePhaseWords(thread)} />
    </section>
  );
}

/** Empty until the phase changes: the initial state needs no announcement. */
function usePhaseWords({ phase, why }: ThreadView): string {
  const [words, setWords] = useState('');
  const before = useRef(phase);
  useEffect(() => {
    if (before.current !== phase) setWords(`Phase is now ${phaseWords[phase]}: ${why}`);
    before.current = phase;
  }, [phase, why]);
  return words;
}
