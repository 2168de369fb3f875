/** Checks the bot's user: permissions, role, and the brand identity under which it writes. */
import type { BusinessSettings } from '../../settings/business.js';
import type { Account } from './account.js';
import { error, orOk, unseen, warning, type Finding } from './finding.js';

const userPage = 'Admin > Users > the bot’s user';
const rolePage = 'Admin > Roles > the role of the bot’s user';

export function checkBot(account: Account, business: BusinessSettings): readonly Finding[] {
  return [
    ...checkUser(account, business),
    ...checkRights(account, business),
    ...checkRole(account, business),
    ...checkIdentity(account, business),
    unseen('token', {
      what: 'the API does not return the user of this token',
      mend: 'Admin > API access tokens: use a token of the bot’s user, otherwise replies have another author',
    }),
  ];
}

function checkUser({ botUser }: Account, { botUser: { userId } }: BusinessSettings) {
  return orOk('bot-user', `the bot’s user is ${userId}`, [
    !botUser &&
      error('bot-user', {
        what: `there is no user ${userId}, or the token may not see users`,
        mend: 'Admin > Users: put the id of the bot’s user into botUser.userId of baton.config.ts',
      }),
    botUser?.enabled === false &&
      error('bot-user', { what: 'the bot’s user is disabled', mend: `${userPage}: enable it` }),
  ]);
}

function checkRights({ botRights }: Account, { sources }: BusinessSettings) {
  return Object.entries(sources).flatMap(([name, { id }]) => {
    const rights = botRights?.[id] ?? [];
    const missing = ['read', 'reply'].filter((right) => !rights.includes(right));
    const mend = `${userPage} > permissions on sources`;
    return orOk('bot-rights', `the bot may read and reply on ${name}`, [
      missing.length > 0 &&
        error('bot-rights', {
          what: `the bot’s user may not ${missing.join(' and ')} on source ${name}`,
          mend,
        }),
      rights.some((right) => right.startsWith('approval_')) &&
        error('bot-rights', {
          what: `the bot’s replies on source ${name} wait for approval`,
          mend: `${mend}: remove the approval`,
        }),
    ]);
  });
}

function checkRole({ botUser, roles, connected }: Account, { sources }: BusinessSettings) {
  const role = roles?.find(({ id }) => id === botUser?.role_id);
  const all = Object.values(sources);
  const asks = all.some(({ availability }) => availability !== 'ignore');
  const locks = all.some(({ reopen }) => reopen === 'block');
  const mend = (right: string) => `${rolePage}: ${right}`;
  return orOk('bot-role', 'the role of the bot’s user has what Baton needs', [
    !role &&
      unseen('bot-role', {
        what: 'the token may not see roles',
        mend: `${rolePage}: monitor tasks, update interventions, search events`,
      }),
    asks &&
      (role?.monitor_tasks === false || !connected) &&
      error('bot-role', {
        what: 'the role may not monitor tasks: the availability of agents cannot be read',
        mend: mend('monitor tasks (monitor_tasks), or set availability: ignore'),
      }),
    locks &&
      role?.close_content_thread === false &&
      error('bot-role', {
        what: 'the role may not close threads, and a source’s reopen is block',
        mend: mend('close threads (close_content_thread)'),
      }),
    role?.update_intervention === false &&
      warning('bot-role', {
        what: 'the role may not update interventions: those the bot does not own stay open',
        mend: mend('update interventions (update_intervention)'),
      }),
    role?.search_event === false &&
      warning('bot-role', {
        what: 'the role may not search events: events of lost webhooks are found later',
        mend: mend('search events (search_event)'),
      }),
  ]);
}

/** A reply needs an author: an identity of the brand in the source's community. */
function checkIdentity(account: Account, { botUser, sources }: BusinessSettings) {
  const { identities } = account;
  const missing = botUser.identityIds.filter((id) => !identities.has(id));
  const known = [...identities.values()];
  const controlled = known.filter(({ user_ids: users }) => users.includes(botUser.userId));
  const strangers = known.filter(({ user_ids: users }) => users.length === 0);
  const homeless = Object.entries(sources).flatMap(([name, { id }]) => {
    const community = account.sources?.find((source) => source.id === id)?.community_id;
    const isAtHome = controlled.some(({ community_id: home }) => home === community);
    return community === undefined || isAtHome ? [] : [name];
  });
  const mend =
    'Admin > Identities: assign one identity of the community to the bot’s user ("controlled")';
  return orOk('identity', 'the bot has a controlled identity in each source’s community', [
    missing.length > 0 &&
      error('identity', {
        what: `there is no identity ${missing.join(', ')}`,
        mend: 'botUser.identityIds of baton.config.ts: use the ids of Admin > Identities',
      }),
    strangers.length > 0 &&
      error('identity', {
        what: `identity ${strangers.map(({ id }) => id).join(', ')} belongs to no user: it is a customer’s`,
        mend,
      }),
    homeless.length > 0 &&
      error('identity', {
        what: `the bot has no controlled identity in the community of ${homeless.join(', ')}`,
        mend,
      }),
  ]);
}
