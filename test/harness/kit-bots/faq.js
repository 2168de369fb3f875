/** Answers a few questions with its skills, and says the rest back. */

const openingHours = require('./skills/opening-hours');
const smallTalk = require('./skills/small-talk');

exports.name = 'FAQ bot';

exports.description = 'Answers questions, or says what it has heard';

exports.skills = [openingHours, smallTalk];

exports.onEvent = async ({ event, client, handled }) => {
  if (handled) {
    return;
  }
  // What the brand says itself is nothing to answer.
  if (event.resource.metadata.status === 'user_initiated') {
    return;
  }
  await client.reply(event, { body: `You said: ${event.resource.metadata.body}` });
};
