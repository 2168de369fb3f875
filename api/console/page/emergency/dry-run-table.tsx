/** The dry run's numbers by source. Threads of agents are counted too, to show that they stay. */
import type { DryRun } from '../reach/answers.js';
import { counted } from '../parts/words.js';

export function DryRunTable({ found }: { readonly found: DryRun }) {
  const { wouldMove, wouldReturn, sources } = found;
  const isWayBack = wouldMove === undefined;
  return (
    <>
      <p class="outcome">
        {isWayBack
          ? `${counted(wouldReturn ?? 0, 'thread')} would go back to the bot. Those with a human stay.`
          : `${counted(wouldMove, 'thread')} would go to humans.`}
      </p>
      <table class="counts">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">{isWayBack ? 'Would return' : 'Bot: would move'}</th>
            {!isWayBack && <th scope="col">Handover</th>}
            {!isWayBack && <th scope="col">Agent</th>}
          </tr>
        </thead>
        <tbody>
          {sources.map(({ source, phases, ...one }) => (
            <tr key={source}>
              <th scope="row">{source}</th>
              <td class="number">{isWayBack ? one.wouldReturn : one.wouldMove}</td>
              {!isWayBack && <td class="number">{phases?.handover}</td>}
              {!isWayBack && <td class="number">{phases?.agent}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
