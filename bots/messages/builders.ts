/**
 * Builders for replies of each structured kind, for bots in TypeScript: `select({ body: 'Did that help?',
 * items: [{ title: 'Yes', payload: 'yes' }] })`. Field names are the platform's. Errors are reported when
 * the answer is validated (`bots/contract.ts`).
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

/** `fallback`: sent instead where the channel cannot show the message. */
type Around = Pick<Reply, 'attachmentIds' | 'fallback'>;
/** For kinds that show the reply's text. */
type Under<T> = Around & { readonly body: string } & Omit<T, 'type'>;
/** For kinds with their own text; `body` is sent before. */
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
/** Without a body on channels that have a default text. */
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
