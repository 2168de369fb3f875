/** The business of the cluster with Baton's own pace of looking for what webhooks never brought. */
import { config as hurried } from '../business.js';

const { reconcile: _, ...usual } = hurried;
export const config = usual;
