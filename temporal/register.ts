/** `npm run register`: makes a namespace know Baton's search attributes. Repeatable. */
import { Connection } from '@temporalio/client';
import { readPorts } from '../settings/environment.js';
import { registerSearchAttributes } from './search-attributes.js';
import { temporalSettings } from './settings.js';

const { BATON_TEMPORAL_PORT } = readPorts(process.env);
const { connection: options, namespace } = temporalSettings(process.env, BATON_TEMPORAL_PORT);
const connection = await Connection.connect(options);
const added = await registerSearchAttributes(connection, namespace);
console.log(
  added.length > 0 ? `registered ${added.join(', ')}` : 'all search attributes are known',
);
await connection.close();
