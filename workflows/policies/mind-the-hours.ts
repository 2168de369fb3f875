import type { Policy } from './policy.js';

/**
 * Nobody works now: the desk is closed. The business chose whether the bot keeps the thread, or the
 * humans find it in the morning; either way the customer hears when the desk opens.
 *
 * An operator's word and an emergency go first: they are handed over whatever the hour. Passes when
 * the desk is open or nobody knows, and at any other moment.
 */
export const mindTheHours: Policy = (moment, { desk: rules }) => {
  if (moment.at !== 'handoverWanted' || !rules) return undefined;
  const { because, desk } = moment;
  if (desk.isOpen || because === 'operatorAsked' || because === 'emergency') return undefined;
  const { whenClosed: rule } = rules;
  const say = rule.say?.replaceAll('{opens}', desk.opens ?? '…');
  const told = say === undefined ? {} : { say };
  return rule.do === 'stayWithBot'
    ? { do: 'stayWithBot', because: 'the desk is closed', ...told }
    : { do: 'handOver', because, ...told };
};
