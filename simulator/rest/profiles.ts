/** `/identity_groups`, the customers' records, and `/custom_fields`, their custom fields. */
import { checkedFields } from '../platform/custom-fields.js';
import { merge } from '../platform/identities.js';
import { iso, must, ApiError } from '../platform/platform.js';
import type { CustomField, IdentityGroup, State } from '../state.js';
import type { Routes } from './call.js';
import { paginate } from './page.js';
import { seconds, without } from './show.js';
import { flag, hash, isAmong, list, needText, text, wholeNumber } from './parameters.js';

/** Milliseconds during which another update of the same record is refused. */
const updateTakes = 100;
const types = [
  ...['string', 'boolean', 'text', 'integer', 'float'],
  ...['single_choice', 'multiple_choice'],
];

export const groupRoutes: Routes = (on, platform) => {
  const { state } = platform;
  const show = (group: IdentityGroup) => showGroup(group, state);
  on('get', '/identity_groups', ({ parameters }) => {
    const found = Object.values(state.identity_groups).filter(
      ({ id, firstname, lastname }) =>
        isAmong(parameters, 'ids', id) &&
        isAmong(parameters, 'firstname', firstname) &&
        isAmong(parameters, 'lastname', lastname),
    );
    return paginate(found, parameters, show);
  });
  on('get', '/identity_groups/:id', ({ id }) =>
    show(must(state.identity_groups, id, 'IdentityGroup')),
  );
  on('put', '/identity_groups/:id', ({ id, parameters }) => {
    const group = must(state.identity_groups, id, 'IdentityGroup');
    const now = platform.now();
    if (group.updating_until > now) {
      throw new ApiError(409, 'conflict', 'The identity group is being updated');
    }
    const values = checkedFields(
      platform,
      'IdentityGroup',
      hash(parameters, 'custom_field_values'),
    );
    Object.assign(group.custom_field_values, values);
    for (const name of ['firstname', 'lastname', 'company', 'notes'] as const) {
      group[name] = text(parameters, name) ?? group[name];
    }
    group.emails = [...(list(parameters, 'emails') ?? group.emails)];
    Object.assign(group, { updating_until: now + updateTakes, updated_at: iso(now) });
    return show(group);
  });
  mergeRoute(on, platform);
};

const mergeRoute: Routes = (on, platform) => {
  const { state } = platform;
  on('put', '/identity_groups/:id/merge', ({ id, parameters }) => {
    const group = must(state.identity_groups, id, 'IdentityGroup');
    const other = needText(parameters, 'associated_identity_id');
    merge(platform, must(state.identities, other, 'Identity'), group);
    return showGroup(group, state);
  });
};

function showGroup(group: IdentityGroup, { identities }: State): object {
  const members = Object.values(identities).filter((one) => one.identity_group_id === group.id);
  return {
    ...without(group, 'updating_until'),
    identity_ids: members.map(({ id }) => id),
    ...{ avatar_url: null, gender: null, home_phones: [], mobile_phones: [], tag_ids: [] },
    created_at: seconds(group.created_at),
    updated_at: seconds(group.updated_at),
  };
}

export const customFieldRoutes: Routes = (on, platform) => {
  const { state } = platform;
  const fieldOf = (id: string) => must(state.custom_fields, id, 'CustomField');
  on('get', '/custom_fields', ({ parameters }) =>
    paginate(Object.values(state.custom_fields), parameters, showField),
  );
  on('get', '/custom_fields/:id', ({ id }) => showField(fieldOf(id)));
  on('post', '/custom_fields', ({ parameters }) => {
    const associated = needText(parameters, 'associated_type_name');
    if (associated !== 'IdentityGroup' && associated !== 'Intervention') {
      throw new ApiError(
        422,
        'validation_error',
        'associated_type_name is not included in the list',
      );
    }
    const type = text(parameters, 'type') ?? 'string';
    if (!types.includes(type)) {
      throw new ApiError(422, 'validation_error', 'type is not included in the list');
    }
    const label = needText(parameters, 'label');
    const field: CustomField = {
      ...{ id: platform.id(), associated_type_name: associated, label, type },
      key: text(parameters, 'key') ?? label.toLowerCase().replace(/\W+/g, '_'),
      choices: [...(list(parameters, 'choices') ?? [])],
      multiple: flag(parameters, 'multiple') ?? false,
      position: wholeNumber(parameters, 'position') ?? Object.keys(state.custom_fields).length,
      read_only: flag(parameters, 'read_only') ?? false,
      created_at: iso(platform.now()),
    };
    state.custom_fields[field.id] = field;
    return showField(field);
  });
  on('delete', '/custom_fields/:id', ({ id }) => {
    const field = fieldOf(id);
    const others = Object.entries(state.custom_fields).filter(([key]) => key !== id);
    state.custom_fields = Object.fromEntries(others);
    return showField(field);
  });
};

/** The platform returns neither the choices nor whether a field is read only. */
function showField(field: CustomField): object {
  const at = seconds(field.created_at);
  return { ...without(field, 'choices', 'read_only'), created_at: at, updated_at: at };
}
