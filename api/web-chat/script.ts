/**
 * The script that a website's browser runs: it waits until the platform's chat has started, then activates
 * the trigger, unless a chat window is open. Old syntax, for old browsers.
 *
 * The platform does not document where the chat keeps its triggers and how to activate one. The script
 * searches for both, and reports in the browser's console what it does not find.
 */
export type Showing = {
  readonly triggerId: string;
  /** By the ingress's clock, because a visitor's may be wrong. */
  readonly isOpen: boolean;
  /** ISO 8601, while it is closed. */
  readonly opensAt: string | null;
};

export function webChatScript(showing: Showing): string {
  return `${showChat}(${inScript(showing)});
`;
}

const showChat = `/* Baton: shows the web chat by its manually executed trigger. */
(function (chat) {
  'use strict';
  if (window.batonWebChat) return;
  window.batonWebChat = true;
  var isDone = false;

  function warn(what) {
    if (window.console && console.warn) console.warn('Baton web chat: ' + what);
  }
  function manager() {
    try {
      return window.Dimelo.Chat.Manager.ChatQLoader.manager;
    } catch (error) {
      return undefined;
    }
  }
  function show() {
    if (document.getElementsByClassName('dimelo-chat-window').length > 0) return;
    var found = manager();
    if (!found || !found.triggers || typeof found.activateTrigger !== 'function') {
      warn('the chat’s triggers cannot be reached; has the platform changed its script?');
      return;
    }
    var known = [];
    for (var i = 0; i < found.triggers.length; i += 1) {
      var id = String(found.triggers[i].id);
      if (id === chat.triggerId) {
        found.activateTrigger(found.triggers[i]);
        return;
      }
      known.push(id);
    }
    warn('unknown trigger ' + chat.triggerId + '; expected one of: ' + (known.join(', ') || 'none'));
  }
  function started() {
    if (isDone) return;
    isDone = true;
    if (chat.isOpen) {
      show();
      return;
    }
    var wait = chat.opensAt === null ? 0 : Date.parse(chat.opensAt) - Date.now();
    // Browsers' timers hold 24 days.
    if (wait > 0 && wait < 2147483647) setTimeout(show, wait);
  }

  window._chatq = window._chatq || [];
  var hasStarted = manager() !== undefined || !Array.isArray(window._chatq);
  window._chatq.push(['_onEvent', 'started', started]);
  // The chat had started before this script came.
  if (hasStarted) setTimeout(started, 0);
})`;

/** JSON that is safe inside a script element and within one line. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
