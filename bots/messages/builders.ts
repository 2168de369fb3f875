/**
 * A reply of each kind of structured message, for bots written in TypeScript:
 * `select({ body: 'Did that help?', items: [{ title: 'Yes', payload: 'yes' }] })`. Names of fields are
 * the platform's. What is wrong with one is told when the answer is checked (`bots/contract.ts`).
 */
import type { ApplePay, Authenticate, Form, TimeSelect } from './apple.js';
import type { Reply } from './reply.js';
import type {
  Carousel,
  List,
  RichLink,
  Select,
  StructuredMessage,
  Template,
} from './structured.js';

/** `fallback`: said instead where the channel shows nothing like it. */
type Around = Pick<Reply, 'attachmentIds' | 'fallback'>;
/** What the text is said under. */
type Under<T> = Around & { readonly body: string } & Omit<T, 'type'>;
/** Has a text of its own; `body` is said before it. */
type Own<T> = Around & { readonly body?: string } & Omit<T, 'type'>;
type Built<T> = Reply & { readonly structured: T };

export const select = (said: Under<Select>): Built<Select> => build('select', said);
export const richLink = (said: Own<RichLink>): Built<RichLink> => build('rich_link', said);
export const template = (said: Own<Template>): Built<Template> => build('template', said);
export const carousel = (said: Own<Carousel>): Built<Carousel> => build('carousel', said);
export const list = (said: Own<List>): Built<List> => build('list', said);
export const timeSelect = (said: Under<TimeSelect>): Built<TimeSelect> =>
  build('time_select', said);
export const form = (said: Own<Form>): Built<Form> => build('form', said);
export const applePay = (said: Under<ApplePay>): Built<ApplePay> => build('apple_pay', said);
/** Without a body where the channel has one by default. */
export const authenticate = (said: Own<Authenticate>): Built<Authenticate> =>
  build('authenticate', said);

function build<T extends StructuredMessage>(
  type: T['type'],
  said: Around & { readonly body?: string },
): Built<T> {
  const { body = '', attachmentIds, fallback, ...fields } = said;
  return {
    body,
    structured: { ...fields, type } as unknown as T,
    ...(attachmentIds && { attachmentIds }),
    ...(fallback !== undefined && { fallback }),
  };
}
