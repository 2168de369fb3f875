/** Lists the keyboard shortcuts. */
import { Dialog } from './parts/dialog.js';

const keys = [
  ['j or ↓', 'next thread in the list'],
  ['k or ↑', 'the one before'],
  ['Enter', 'open it'],
  ['/', 'to the filter'],
  ['t b a', 'on a thread: take over, return to bot, answer again'],
  ['h p c', 'on a thread: request handover, pause bot, close'],
  ['Esc', 'close a dialog; from a thread back to the list'],
  ['?', 'this list'],
] as const;

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" class="actions">
        <button>Close</button>
      </form>
    </Dialog>
  );
}
