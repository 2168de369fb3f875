/**
 * Fits a reply to a channel. A supported kind is sent, cut to the channel's limits; an unsupported kind
 * becomes the nearest supported one, or text. The reply's own text always arrives. Kinds with a text of
 * their own cannot show the reply's text, which is then sent before, as a separate reply.
 *
 * Pure, and used by workflows: the result for the same input must never change.
 */
import { asText, lines } from './as-text.js';
import { getLimits, type Limits } from './channels.js';
import { Scissors, type Cut } from './cutting.js';
import { nearest, type Content } from './nearest.js';
import { showsBody, type Reply } from './reply.js';
import { trim } from './trim.js';

export type { Cut } from './cutting.js';
/** In the order of sending. */
export type Fitted = {
  readonly replies: readonly Omit<Reply, 'fallback'>[];
  readonly cut: readonly Cut[];
};

/** Limit of a text that replaces a message; the author's own text is not cut. */
const longestText = 5_000;

export function fit(reply: Reply, channel: { readonly kind: string }): Fitted {
  const limits = getLimits(channel.kind);
  const scissors = new Scissors();
  const { body, structured } = reply;
  const files = filesOf(reply, limits, scissors);
  const adapted = structured && showOn(channel.kind, { body, structured }, limits, scissors);
  const replies = adapted ? inTurn(adapted, files) : [{ body: toText(reply, scissors), ...files }];
  const isCut = scissors.cut.length > 0;
  // Drops replies that became empty by cutting; an empty reply of the author is left for the platform to
  // refuse.
  const said = isCut ? replies.filter(hasSomething) : replies;
  return { replies: said, cut: scissors.cut };
}

type Files = Pick<Reply, 'attachmentIds'>;

function filesOf({ attachmentIds }: Reply, { takesFiles }: Limits, scissors: Scissors): Files {
  if (!attachmentIds || attachmentIds.length === 0) return {};
  if (takesFiles) return { attachmentIds };
  scissors.left('attachmentIds', 'not supported here');
  return {};
}

function showOn(
  channel: string,
  said: Content,
  limits: Limits,
  scissors: Scissors,
): Content | undefined {
  const { type } = said.structured;
  const near = nearest(said, limits);
  if (!near) {
    scissors.left('structured', `${type} is not displayed on ${channel}: text`);
    return undefined;
  }
  const now = near.structured.type;
  if (now !== type) scissors.left('structured', `${type} is not displayed on ${channel}: ${now}`);
  return { body: near.body, structured: trim(near.structured, limits, scissors) };
}

/** Attachments go with a text or alone, never with a structured message. */
function inTurn({ body, structured }: Content, files: Files): readonly Omit<Reply, 'fallback'>[] {
  const isApart = !showsBody(structured.type);
  const before = { body: isApart ? body : '', ...files };
  const message = { body: isApart ? '' : body, structured };
  return hasSomething(before) ? [before, message] : [message];
}

function toText({ body, structured, fallback }: Reply, scissors: Scissors): string {
  if (!structured) return body;
  if (fallback !== undefined) return lines(body, fallback);
  return lines(body, scissors.text('structured', asText(structured), longestText));
}

function hasSomething({ body, structured, attachmentIds = [] }: Reply): boolean {
  return body.trim() !== '' || structured !== undefined || attachmentIds.length > 0;
}
