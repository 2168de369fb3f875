/** `/interventions` and their comments. */
import {
  cancelIntervention,
  closeIntervention,
  openIntervention,
  reassignIntervention,
} from '../platform/interventions.js';
import { iso, must } from '../platform/platform.js';
import type { Comment, Intervention } from '../state.js';
import type { Routes } from './call.js';
import { pageOf } from './page.js';
import { hash, list, needText, text, type Parameters } from './parameters.js';
import { showComment, showIntervention } from './show.js';

export const interventionRoutes: Routes = (on, platform) => {
  const { state } = platform;
  const interventionOf = (id: string) => must(state.interventions, id, 'Intervention');
  const show = (intervention: Intervention) => showIntervention(intervention, state);

  on('get', '/interventions', ({ parameters }) => {
    const found = Object.values(state.interventions).filter((one) => isWanted(one, parameters));
    return pageOf(found.reverse(), parameters, show);
  });
  on('post', '/interventions', ({ parameters, user }) => {
    const content = must(state.contents, needText(parameters, 'content_id'), 'Content');
    return show(openIntervention(platform, content, user.id));
  });
  on('get', '/interventions/:id', ({ id }) => show(interventionOf(id)));
  on('put', '/interventions/:id', ({ id, parameters }) => {
    const intervention = interventionOf(id);
    Object.assign(intervention.custom_fields, hash(parameters, 'custom_field_values'));
    return show(intervention);
  });
  on('put', '/interventions/:id/close', ({ id, user }) =>
    show(closeIntervention(platform, id, user.id)),
  );
  on('delete', '/interventions/:id/cancel', ({ id, user }) =>
    show(cancelIntervention(platform, id, user.id)),
  );
  on('put', '/interventions/:id/reassign', ({ id, parameters, user }) => {
    const intervention = interventionOf(id);
    reassignIntervention(platform, intervention, needText(parameters, 'user_id'), user.id);
    return show(intervention);
  });
  on('put', '/interventions/:id/update_categories', ({ id, parameters }) => {
    const intervention = interventionOf(id);
    intervention.category_ids = [...(list(parameters, 'category_ids') ?? [])];
    return show(intervention);
  });
};

function isWanted(intervention: Intervention, parameters: Parameters): boolean {
  const { closed, deferred_at: deferred } = intervention;
  const byId = ['thread_id', 'user_id', 'identity_id'] as const;
  if (byId.some((name) => (text(parameters, name) ?? intervention[name]) !== intervention[name])) {
    return false;
  }
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
    const intervention = must(state.interventions, id, 'Intervention');
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
    return pageOf(found, parameters, showComment);
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
