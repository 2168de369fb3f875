/** Shows a phase by name, colour and icon. */
import type { ThreadLine } from '../../../operator/answers.js';
import { phaseMeanings, phaseWords } from './words.js';

export function PhasePill({ phase }: { readonly phase: ThreadLine['phase'] }) {
  return (
    <span class={`pill ${phase}`} title={phaseMeanings[phase]}>
      {phaseWords[phase]}
    </span>
  );
}
