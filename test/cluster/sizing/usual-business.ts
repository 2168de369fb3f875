/** The business of the cluster with Baton's own pace of looking for what webhooks never brought. */
import { config as hurried } from '../business.js';

export const config = { ...hurried, reconcile: undefined };
