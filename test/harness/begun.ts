/** Conversations of the pure core as far as most tests need them begun. */
import { asPosted, CoreRun } from './core-run.js';
import { agentReplied, customerWrote } from './facts.js';

/** A customer has written, the bot has answered `answer`, and it is being posted. */
export function answering(answer = 'Welcome!', run = new CoreRun()): CoreRun {
  return run
    .handleEvent(customerWrote({ id: '1', at: 0 }))
    .wait(1_000)
    .end('askBot', { replies: [{ body: answer }] });
}

/** A human has the thread. */
export function withAgent(run = new CoreRun()): CoreRun {
  answering('Welcome!', run);
  run.end('postReply', asPosted(run));
  return run
    .handleEvent(agentReplied({ id: 'a1', at: 5_000 }))
    .end('recategorise', { categoryIds: [] });
}
