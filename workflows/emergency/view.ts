/**
 * The public view of emergencies: for operators through the API, for workers before the bot speaks,
 * and for the Temporal UI. It is the workflow's memo, so it can be read even if no worker runs.
 */
import { isDone, keyOf, type Declaration, type EmergencyState } from './state.js';
import { remainingIn, type Scan } from './scan.js';
import type { SeenAct, Progress, EmergencyView, Act } from '../contract/emergency.js';
/** Number of failed threads named in the memo, whose size is limited. */
const namedFailures = 10;

export function describeDeclaration(declaration: Declaration): EmergencyView {
  const { scope, sources, declared, ended, toHumans, back, waiting } = declaration;
  return {
    scope,
    ...(sources && { sources }),
    isInForce: ended === undefined,
    declared: seen(declared),
    ...(ended && { ended: seen(ended) }),
    toHumans: progressOf(toHumans),
    ...(back && { back: progressOf(back) }),
    waiting,
  };
}

function progressOf(scan: Scan): Progress {
  const { moved, left } = scan;
  const failed = scan.failed.length;
  const remaining = remainingIn(scan);
  return {
    found: moved + left + failed + remaining,
    moved,
    left,
    failed,
    remaining,
    isDone: isDone(scan),
    failedThreads: scan.failed.slice(-namedFailures),
  };
}

/** Current details in the Temporal UI, as Markdown. */
export function emergencyDetails(state: EmergencyState): string {
  const lines = state.map((declaration) => {
    const { isInForce, declared, ended, toHumans, back } = describeDeclaration(declaration);
    const what = isInForce ? '**in force**' : 'ended';
    const acts = [declared, ...(ended ? [ended] : [])].map((act) => `${act.by}: ${act.why}`);
    return [
      `- ${keyOf(declaration.scope)} ${what} since ${ended?.at ?? declared.at} (${acts.join('; ')})`,
      `  - to humans: ${describeProgress(toHumans)}`,
      ...(back ? [`  - back to the bot: ${describeProgress(back)}`] : []),
    ].join('\n');
  });
  return lines.join('\n');
}

function describeProgress({ found, moved, left, failed, remaining }: Progress): string {
  return `${moved} of ${found} moved, ${left} left, ${failed} failed, ${remaining} remaining`;
}

function seen({ by, why, at }: Act): SeenAct {
  return { by, why, at: new Date(at).toISOString() };
}
