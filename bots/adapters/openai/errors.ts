/** Errors of a model or its tools; others are in `bots/http/errors.ts`. */
import { BotError } from '../../bot-error.js';

/** The answer is incomplete. */
export class NoWholeAnswer extends BotError {
  override readonly name = 'NoWholeAnswer';
  readonly isFinal = false;
}

/** The tool is no longer in the settings. */
export class NoSuchTool extends BotError {
  override readonly name = 'NoSuchTool';
  readonly isFinal = true;
}
