/** Why a model, or one of its tools, gave no answer; more of it in `bots/http/errors.ts`. */
import { BotError } from '../../bot-error.js';

/** The answer broke off. */
export class NoWholeAnswer extends BotError {
  override readonly name = 'NoWholeAnswer';
  readonly isFinal = false;
}

/** It is not among the settings any more. */
export class NoSuchTool extends BotError {
  override readonly name = 'NoSuchTool';
  readonly isFinal = true;
}
