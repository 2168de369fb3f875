/** The bundle's entry: every workflow the worker runs. */
export { directory } from './directory/directory.js';
export { directoryRefresh } from './directory/refresh.js';
export { emergency } from './emergency/emergency.js';
export { outsideConversation } from './outside/conversation.js';
export { messengerCustomer } from './messenger/customer.js';
export { reconcile } from './reconcile/reconcile.js';
export { thread } from './thread.js';
