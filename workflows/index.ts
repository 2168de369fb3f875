/** The bundle's entry: every workflow the worker runs. */
export { directory } from './directory/workflow.js';
export { directoryRefresh } from './directory/refresh.js';
export { emergency } from './emergency/workflow.js';
export { sourceSdkConversation } from './source-sdk/workflow.js';
export { messengerCustomer } from './messenger/workflow.js';
export { reconcile } from './reconcile/workflow.js';
export { thread } from './thread/workflow.js';
