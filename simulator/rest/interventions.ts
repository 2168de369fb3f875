/** `/interventions` and their comments. */
import {
  cancelIntervention,
  closeIntervention,
  openIntervention,
  reassignIntervention,
} from '../platform/interventions.js';
import { checkedFields } from '../platform/custom-fields.js';
import { iso, must } from '../platform/platform.js';
import { emitIntervention } from '../platform/events.js';
import type { Comment, Intervention } from '../state.js';
import type { Call, Routes } from './call.js';
import { paginate } from './page.js';
import { hash, isAmong, needList, needText, text, type Parameters } from './parameters.js';
import { showComment, showIntervention } from './show.js';
import { mustRead, readable } from './visible.js';

export const interventionRoutes: Routes = (on, platform) => {
  const { state } = platform;
  const show = (intervention: Intervention) => showIntervention(intervention, state);

  on('get', '/interventions', ({ parameters, user }) => {
    const all = readable(state.interventions, user);
    const found = all
      .filter((one) =>
        isWanted(one, parameters, state.identities[one.identity_id]?.identity_group_id),
      )
      .reverse();
    if (text(parameters, 'sort') === 'updated_at') {
      found.sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));
    }
    return paginate(found, parameters, show);
  });
  on('post', '/interventions', ({ parameters, user }) => {
    const id = needText(parameters, 'content_id');
    const content = mustRead(state.contents, id, { what: 'Content', user });
    return show(openIntervention(platform, content, user.id));
  });
  on('get', '/interventions/:id', (call) => show(interventionOf(call)));
  on('put', '/interventions/:id/close', (call) =>
    show(closeIntervention(platform, interventionOf(call).id, call.user.id)),
  );
  on('delete', '/interventions/:id/cancel', (call) =>
    show(cancelIntervention(platform, interventionOf(call).id, call.user.id)),
  );
  editRoutes(on, platform);
};

/** Changes of an intervention other than closing it. */
const editRoutes: Routes = (on, platform) => {
  const { state } = platform;
  const show = (intervention: Intervention) => showIntervention(intervention, state);
  on('put', '/interventions/:id', (call) => {
    const intervention = interventionOf(call);
    const given = hash(call.parameters, 'custom_field_values');
    Object.assign(intervention.custom_fields, checkedFields(platform, 'Intervention', given));
    emitIntervention(platform, 'intervention.custom_fields_updated', intervention, {
      userId: call.user.id,
    });
    return show(intervention);
  });
  on('put', '/interventions/:id/reassign', (call) => {
    const intervention = interventionOf(call);
    const ownerId = needText(call.parameters, 'user_id');
    reassignIntervention(platform, intervention, ownerId, call.user.id);
    return show(intervention);
  });
  on('put', '/interventions/:id/update_categories', (call) => {
    const intervention = interventionOf(call);
    const ids = needList(call.parameters, 'category_ids');
    for (const id of ids) must(state.categories, id, 'Category');
    intervention.category_ids = [...ids];
    emitIntervention(platform, 'intervention.recategorized', intervention, {
      userId: call.user.id,
    });
    return show(intervention);
  });
};

function interventionOf({ platform, id, user }: Call): Intervention {
  return mustRead(platform.state.interventions, id, { what: 'Intervention', user });
}

function isWanted(
  intervention: Intervention,
  parameters: Parameters,
  groupId: string | undefined,
): boolean {
  const { closed, deferred_at: deferred } = intervention;
  if (!isAmong(parameters, 'identity_group_id', groupId ?? null)) return false;
  const byId = ['thread_id', 'user_id', 'identity_id'] as const;
  if (!byId.every((name) => isAmong(parameters, name, intervention[name]))) return false;
  switch (text(parameters, 'status')) {
    case 'active':
      return !closed && deferred === null;
    case 'closed':
      return closed;
    case 'deferred':
      return !closed && deferred !== null;
    case 'opened':
    case 'reopened':
      return !closed;
    default:
      return true;
  }
}

export const commentRoutes: Routes = (on, platform) => {
  const { state } = platform;
  on('post', '/intervention_comments', ({ parameters, user }) => {
    const id = needText(parameters, 'intervention_id');
    const intervention = mustRead(state.interventions, id, { what: 'Intervention', user });
    const comment: Comment = {
      id: platform.id(),
      body: needText(parameters, 'body'),
      intervention_id: intervention.id,
      thread_id: intervention.thread_id,
      user_id: text(parameters, 'user_id') ?? user.id,
      created_at: iso(platform.now()),
    };
    state.comments[comment.id] = comment;
    return showComment(comment);
  });
  on('get', '/intervention_comments', ({ parameters }) => {
    const names = ['intervention_id', 'thread_id', 'user_id'] as const;
    const found = Object.values(state.comments).filter((comment) =>
      names.every((name) => (text(parameters, name) ?? comment[name]) === comment[name]),
    );
    return paginate(found, parameters, showComment);
  });
  on('get', '/intervention_comments/:id', ({ id }) =>
    showComment(must(state.comments, id, 'Comment')),
  );
  on('delete', '/intervention_comments/:id', ({ id }) => {
    const comment = must(state.comments, id, 'Comment');
    state.comments = Object.fromEntries(
      Object.entries(state.comments).filter(([key]) => key !== id),
    );
    return showComment(comment);
  });
};
