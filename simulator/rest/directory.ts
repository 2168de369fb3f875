/** Directory resources: categories, users, roles, identities, sources, channels. */
import { channels, communityId, teamId } from '../seed.js';
import { must, ApiError } from '../platform/platform.js';
import type { Routes } from './call.js';
import { paginate } from './page.js';
import { flag, isAmong, list, text, wholeNumber } from './parameters.js';
import { showCategory, showIdentity, showSource, showUser } from './show.js';

const created = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };
const same = <T>(item: T) => item;

export const categoryRoutes: Routes = (on, { state }) => {
  on('get', '/categories', ({ parameters }) => {
    const ids = list(parameters, 'ids');
    const parent = text(parameters, 'parent_id');
    const found = Object.values(state.categories).filter(
      ({ id, parent_id }) =>
        (ids?.includes(id) ?? true) && (parent === undefined || parent_id === parent),
    );
    return paginate(found, parameters, showCategory);
  });
  on('get', '/categories/:id', ({ id }) => showCategory(must(state.categories, id, 'Category')));
};

export const userRoutes: Routes = (on, { state }) => {
  on('get', '/users', ({ parameters }) => {
    const email = text(parameters, 'email')?.toLowerCase();
    const category = text(parameters, 'category_id');
    const identity = text(parameters, 'identity_id');
    const found = Object.values(state.users).filter(
      (user) =>
        (email === undefined || user.email === email) &&
        (category === undefined || user.category_ids.includes(category)) &&
        (identity === undefined || user.identity_ids.includes(identity)) &&
        isAmong(parameters, 'role_id', user.role_id) &&
        isAmong(parameters, 'external_id', null) &&
        isAmong(parameters, 'team_id', state.agentStatuses[user.id] ? teamId : null),
    );
    return paginate(found, parameters, (user) => showUser(user, state));
  });
  on('get', '/users/:id', ({ id }) => showUser(must(state.users, id, 'User'), state));
  on('get', '/users/:id/sources_permissions', ({ id }) => must(state.users, id, 'User').sources);
  on('put', '/users/:id/sources_permissions', ({ id, parameters }) => {
    const { sources } = must(state.users, id, 'User');
    for (const source of Object.keys(state.sources)) {
      const permissions = list(parameters, source);
      if (permissions) sources[source] = [...permissions];
    }
    return sources;
  });
};

export const roleRoutes: Routes = (on, { state }) => {
  const show = (role: object) => ({ ...role, ...created });
  on('get', '/roles', ({ parameters }) => paginate(Object.values(state.roles), parameters, show));
  on('get', '/roles/:id', ({ id }) => show(must(state.roles, id, 'Role')));
};

export const teamRoutes: Routes = (on, { state }) => {
  const user_ids = () => Object.keys(state.agentStatuses);
  const team = () => ({
    id: teamId,
    name: 'Agents',
    leader_ids: [],
    user_ids: user_ids(),
    ...created,
  });
  on('get', '/teams', ({ parameters }) => paginate([team()], parameters, same));
  on('get', '/teams/:id', ({ id }) => must({ [teamId]: team() }, id, 'Team'));
};

export const identityRoutes: Routes = (on, { state }) => {
  on('get', '/identities', ({ parameters }) => {
    const user = text(parameters, 'user_id');
    const source = text(parameters, 'source_id');
    const community = source === undefined ? undefined : state.sources[source]?.community_id;
    const found = Object.values(state.identities).filter(
      (one) =>
        isAmong(parameters, 'foreign_id', one.foreign_id) &&
        isAmong(parameters, 'community_id', one.community_id) &&
        isAmong(parameters, 'identity_group_id', one.identity_group_id ?? null) &&
        isAmong(parameters, 'identity_group_ids', one.identity_group_id ?? null) &&
        isAmong(parameters, 'uuid', null) &&
        (source === undefined || one.community_id === community) &&
        (user === undefined || one.user_ids.includes(user)),
    );
    return paginate(found, parameters, showIdentity);
  });
  on('get', '/identities/:id', ({ id }) => showIdentity(must(state.identities, id, 'Identity')));
};

export const sourceRoutes: Routes = (on, { state }) => {
  const sourceOf = (id: string) => must(state.sources, id, 'Source');
  on('get', '/content_sources', ({ parameters, user }) => {
    const permission = text(parameters, 'permission') ?? 'read';
    const active = flag(parameters, 'active');
    const found = Object.values(state.sources).filter(
      (source) =>
        (user.sources[source.id]?.includes(permission) ?? false) &&
        (active === undefined || source.active === active),
    );
    return paginate(found, parameters, showSource);
  });
  on('get', '/content_sources/:id', ({ id }) => showSource(sourceOf(id)));
  on('put', '/content_sources/:id', ({ id, parameters }) => {
    const source = sourceOf(id);
    const born = list(parameters, 'default_category_ids');
    const inclusion = wholeNumber(parameters, 'time_for_thread_inclusion');
    const active = flag(parameters, 'active');
    const name = text(parameters, 'name');
    const unknown = born?.find((one) => !state.categories[one]);
    if (unknown !== undefined) {
      throw new ApiError(
        422,
        'validation_error',
        'default_category_ids: there is no such category',
      );
    }
    if (born) source.default_category_ids = [...born];
    if (active !== undefined) source.active = active;
    if (inclusion !== undefined) source.time_for_thread_inclusion = inclusion;
    if (name !== undefined) source.name = name;
    return showSource(source);
  });
};

export const channelRoutes: Routes = (on, { state }) => {
  const all = () =>
    Object.entries(channels).map(([name, id]) => ({
      id,
      name,
      label: name,
      source_ids: Object.values(state.sources)
        .filter(({ channel_id }) => channel_id === id)
        .map((source) => source.id),
      soft_capability: 3,
      hard_capability: 5,
      ...created,
    }));
  on('get', '/channels', ({ parameters }) => paginate(all(), parameters, same));
  on('get', '/channels/:id', ({ id }) =>
    must(Object.fromEntries(all().map((one) => [one.id, one])), id, 'Channel'),
  );
};

export const communityRoutes: Routes = (on) => {
  const community = { id: communityId, name: 'The shop', type: 'chat', active: true, ...created };
  on('get', '/communities', ({ parameters }) => paginate([community], parameters, same));
  on('get', '/communities/:id', ({ id }) => must({ [communityId]: community }, id, 'Community'));
};
