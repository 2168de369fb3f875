/**
 * A replacement of the platform's chat script, faithful where integrations use it: `_chatq` and its
 * events, the chat manager with its list of triggers, and the window.
 *
 * At start, an open conversation gets its window again ("continuation"); otherwise the configured triggers
 * are evaluated in order, and the first whose conditions hold is executed. A trigger "only if agents are
 * available" asks the server; a manually executed trigger never starts by itself, and each activation by a
 * page's code opens a window.
 */
import { triggers } from '../seed.js';

const configured = [
  {
    id: triggers.whenAgentsAreThere,
    label: 'Chat window, only if agents are available',
    manual: false,
    onlyIfAgentsAreAvailable: true,
  },
  {
    id: triggers.byCode,
    label: 'Chat window, executed manually',
    manual: true,
    onlyIfAgentsAreAvailable: false,
  },
];

export const chatScript = `(function (configured) {
  'use strict';
  var handlers = {};
  var kept = JSON.parse(sessionStorage.getItem('simulated-chat') || '{}');
  var identity = kept.identity || 'visitor-' + Math.random().toString(36).slice(2, 10);
  var thread = kept.thread;

  function emit(name, data) {
    (handlers[name] || []).forEach(function (handle) {
      handle(Object.assign({ event: name }, data));
    });
  }
  function dataOf(trigger) {
    return { trigger: { trigger_id: trigger.id, trigger_label: trigger.label }, mode: 'online' };
  }

  var manager = {
    triggers: configured,
    activateTrigger: function (trigger) {
      emit('trigger_activated', dataOf(trigger));
      ifAllowed(trigger, function () { execute(trigger); });
    },
  };

  function execute(trigger) {
    emit('trigger_executed', dataOf(trigger));
    openWindow();
    emit('chat_shown', dataOf(trigger));
  }
  function ifAllowed(trigger, execute, otherwise) {
    if (!trigger.onlyIfAgentsAreAvailable) return execute();
    fetch('/demo/web-chat/available')
      .then(function (response) { return response.json(); })
      .then(function (answer) {
        if (answer.available === 1) execute();
        else if (otherwise) otherwise();
      });
  }
  function evaluate(at) {
    var trigger = configured[at];
    if (!trigger || isShown()) return emit('simulator_evaluated', {});
    if (trigger.manual) return evaluate(at + 1);
    ifAllowed(
      trigger,
      function () {
        if (!isShown()) execute(trigger);
        emit('simulator_evaluated', {});
      },
      function () { evaluate(at + 1); }
    );
  }

  function isShown() {
    return document.querySelector('.dimelo-chat-window') !== null;
  }
  function openWindow() {
    var chat = document.createElement('div');
    chat.className = 'dimelo-chat-window';
    var said = document.createElement('ol');
    var form = document.createElement('form');
    var field = document.createElement('textarea');
    field.name = 'message';
    field.setAttribute('aria-label', 'Message');
    var button = document.createElement('button');
    button.textContent = 'Send';
    form.append(field, button);
    chat.append(said, form);
    document.body.append(chat);
    converse(said, form, field);
  }
  function converse(said, form, field) {
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      var body = field.value;
      if (body === '') return;
      field.value = '';
      var content = { source: 'chat', identity: identity, body: body };
      fetch('/cast/customer', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(thread === undefined ? content : Object.assign({ thread: thread }, content)),
      })
        .then(function (response) { return response.json(); })
        .then(function (cast) {
          emit(thread === undefined ? 'chat_engaged' : 'message_sent', {});
          thread = cast.thread_id;
          var going = JSON.stringify({ identity: identity, thread: thread });
          sessionStorage.setItem('simulated-chat', going);
        });
    });
    setInterval(function () {
      if (thread === undefined) return;
      fetch('/record?thread=' + encodeURIComponent(thread))
        .then(function (response) { return response.json(); })
        .then(function (record) { emitNew(said, record.contents); });
    }, 500);
  }
  function emitNew(said, contents) {
    while (said.children.length < contents.length) {
      var content = contents[said.children.length];
      var line = document.createElement('li');
      line.className = content.by.split(':')[0];
      line.textContent = content.body;
      said.append(line);
    }
  }

  function run(command) {
    if (command[0] !== '_onEvent') return;
    (handlers[command[1]] = handlers[command[1]] || []).push(command[2]);
  }
  var before = window._chatq || [];
  window._chatq = { push: function () { Array.prototype.forEach.call(arguments, run); } };
  before.forEach(run);
  window.Dimelo = { Chat: { Manager: { ChatQLoader: { manager: manager } } } };
  if (thread !== undefined) openWindow();
  emit('started', {});
  evaluate(0);
})(${JSON.stringify(configured)});
`;
