/** Text of `npm run scenario -- --help`. */
export const help = `npm run scenario -- FILE.yaml [more files]

Runs written conversations against the whole of Baton, with a simulated Engage Digital and simulated
time, and reports each difference, one line each. Ends with 0 when all went as written, with 1
when anything differed or a file cannot be played.

  name: the human closes, the bot is back
  source: chat                                 # one of baton.config.ts
  settings: { reopen: reopen-to-bot, settleWindow: 5m }    # over those of the source
  bot: { greet: Welcome!, handOverOn: [human] }            # or { file: bots/parcels.yaml }
  steps:
    - customer: hello
    - reply: /welcome/i                        # a text, or a /pattern/

What people do
  customer: hello                              new-thread: true below it: somebody new writes
                                               language: fr, attachment: true, payload: yes, spam: true
  customers: [hello, are you there?]           a burst, one after the other at once
  agent: { do: reply, body: Good morning. }    do: reply, engage, defer, close, recategorize, initiate
                                               who: agent-1 (else agent-2, agent-3)
                                               native: true: in the channel's own app
                                               categories: [agent, billing]: with recategorize
                                               do: transfer, to: agent-2 (accepted: false), ignore, approve
                                               needs-approval: true: with reply
  operator: { do: takeOver }                   or returnToBot, close, askHandover, answerAgain,
                                               { do: pauseBot, for: 1h },
                                               { do: emergency, scope: all }, over: true ends it;
                                               scope: all, { source: chat } or { bot: parcels }
                                               (with an emergency all is played in real time)
What happens around them
  wait: 6m                                     time passes
  rule: { emergency: on }                      the administrator's emergency rule on the platform
  default-categories: [agent]                  with which new threads are born
  agents: { agent-1: away }                    available, away, offline, busy or full
  faults: { 5xx: 0.5 }                         what goes wrong on the platform; {} ends it
  token: replaced                              the platform refuses the worker's token with 401;
                                               configured: workers that start have the new one
  restart: worker                              or api, or temporal (then all is played in real time)
What should be so
  reply: /welcome/i                            the bot's next reply, within 30 s
  silent: 10m                                  no reply of the bot in this time
  phase: agent                                 bot, handover, agent or closed, within 30 s
  categories: [agent]                          the thread's whole set, within 30 s
  replies: 3                                   so many of the bot in this thread so far
  unanswered: 1                                contents of the customer that nobody has answered
  attention: false                             whether a person should look at the thread; [nobodyComes]: for these reasons
  thread: same                                 or new: where the customer's last words went
  note: /order 4711/                           what the agent was told at the handover
  why: /asked for a person/                  why it stands as it stands, in plain words

docs/scenarios.md explains each, test/scenarios/ has examples.`;
