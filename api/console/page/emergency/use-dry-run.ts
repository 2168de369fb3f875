/** The result of a dry run that the operator requested; reset when the scope changes. */
import { useState } from 'preact/hooks';
import type { Scope } from '../../../../workflows/contract/index.js';
import type { DryRun } from '../reach/answers.js';
import * as baton from '../reach/endpoints.js';

export function useDryRun(way: baton.Way) {
  const [found, setFound] = useState<DryRun>();
  const [wrong, setWrong] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const forget = () => {
    setFound(undefined);
    setWrong(undefined);
  };
  const look = async (scope: Scope): Promise<void> => {
    setBusy(true);
    forget();
    try {
      setFound(await baton.dryRun(way, scope));
    } catch (error) {
      setWrong(error instanceof Error ? error.message : 'Baton does not answer');
    }
    setBusy(false);
  };
  return { found, wrong, isBusy, look, forget };
}
