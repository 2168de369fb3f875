/** `/webhooks`: registration. Saving an active webhook starts its validation. */
import { iso, must, ApiError } from '../platform/platform.js';
import type { State, Webhook } from '../state.js';
import { eventNames } from '../webhooks/event-names.js';
import type { Call, On } from './call.js';
import { paginate } from './page.js';
import { flag, list, needText, text, type Parameters } from './parameters.js';
import { showWebhook } from './show.js';

export function webhookRoutes(
  on: On,
  { state }: Pick<Call['platform'], 'state'>,
  saved: (webhook: Webhook) => void,
): void {
  const webhookOf = (id: string) => must(state.webhooks, id, 'Webhook');
  on('get', '/webhooks', ({ parameters }) =>
    paginate(Object.values(state.webhooks), parameters, showWebhook),
  );
  on('get', '/webhooks/:id', ({ id }) => showWebhook(webhookOf(id)));
  on('post', '/webhooks', (call) => {
    const webhook = create(call);
    state.webhooks[webhook.id] = webhook;
    saved(webhook);
    return showWebhook(webhook);
  });
  on('put', '/webhooks/:id', ({ id, parameters }) => {
    const webhook = webhookOf(id);
    update(state, webhook, parameters);
    saved(webhook);
    return showWebhook(webhook);
  });
  on('delete', '/webhooks/:id', ({ id }) => {
    const webhook = webhookOf(id);
    webhook.active = false;
    saved(webhook);
    state.webhooks = Object.fromEntries(
      Object.entries(state.webhooks).filter(([key]) => key !== id),
    );
    return showWebhook(webhook);
  });
}

function update(state: State, webhook: Webhook, parameters: Parameters): void {
  const events = list(parameters, 'registered_events');
  const url = text(parameters, 'url');
  if (url !== undefined && url !== webhook.url) checkUrl(state.webhooks, url);
  if (events) checkEvents(events);
  Object.assign(webhook, {
    name: text(parameters, 'name') ?? webhook.name,
    url: url ?? webhook.url,
    secret: text(parameters, 'secret') ?? webhook.secret,
    verify_token: text(parameters, 'verify_token') ?? webhook.verify_token,
    active: flag(parameters, 'active') ?? webhook.active,
    registered_events: events ? [...events] : webhook.registered_events,
    webhook_status: 'pending',
  });
}

function create({ platform, parameters }: Call): Webhook {
  const url = needText(parameters, 'url');
  const events = list(parameters, 'registered_events') ?? [];
  checkUrl(platform.state.webhooks, url);
  checkEvents(events);
  return {
    id: platform.id(),
    name: text(parameters, 'name') ?? new URL(url).host,
    url,
    active: flag(parameters, 'active') ?? true,
    secret: text(parameters, 'secret') ?? '',
    verify_token: text(parameters, 'verify_token') ?? '',
    registered_events: [...events],
    webhook_status: 'pending',
    created_at: iso(platform.now()),
  };
}

/** One webhook per URL. @throws ApiError 422 */
function checkUrl(webhooks: Readonly<Record<string, Webhook>>, url: string): void {
  if (!URL.canParse(url)) throw new ApiError(422, 'validation_error', 'url is invalid');
  if (Object.values(webhooks).some((one) => one.url === url)) {
    throw new ApiError(422, 'validation_error', 'url is already taken');
  }
}

/** At least one event, each of an existing type. @throws ApiError 422 */
function checkEvents(events: readonly string[]): void {
  if (events.length === 0) {
    throw new ApiError(422, 'validation_error', "registered_events can't be blank");
  }
  const unknown = events.find((event) => !eventNames.has(event));
  if (unknown !== undefined) {
    throw new ApiError(422, 'validation_error', `registered_events: there is no ${unknown}`);
  }
}
