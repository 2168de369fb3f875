/** What is recorded: a situation that is played in a world of its own, and whose history is kept. */
import type { World } from '../harness/world.js';

export type Situation = {
  readonly name: string;
  /** Of several runs only the newest, where those before it would be long and tell nothing. */
  readonly only?: 'newest';
  readonly play: (closeAfterwards: (close: () => Promise<void>) => void) => Promise<Played>;
};

export type Played = { readonly world: Pick<World, 'temporal'>; readonly workflowId: string };
