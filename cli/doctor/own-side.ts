/** Checks Baton's own set-up: Temporal, the search attributes, and the directory. */
import { Connection } from '@temporalio/client';
import { clientAt } from '../../temporal/client.js';
import { directoryIn } from '../../temporal/directory.js';
import { missingSearchAttributes } from '../../temporal/search-attributes.js';
import type { TemporalSettings } from '../../temporal/settings.js';
import type { DirectoryView } from '../../workflows/contract/index.js';
import { error, ok, warning, type Finding } from './finding.js';

const timeout = 5_000;

export async function checkOwnSide(settings: TemporalSettings): Promise<readonly Finding[]> {
  const { connection: options, namespace } = settings;
  const connection = Connection.lazy(options);
  try {
    return await connection.withDeadline(Date.now() + timeout, async () => {
      const missing = await missingSearchAttributes(connection, namespace);
      const view = await directoryIn(clientAt({ ...settings, connection }));
      return [
        ok('temporal', `Temporal answers at ${options.address}`),
        checkAttributes(missing),
        checkDirectory(view),
      ];
    });
  } catch {
    const what = `Temporal does not answer at ${options.address}, namespace ${namespace}`;
    return [error('temporal', { what, mend: 'TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE; is it up?' })];
  } finally {
    await connection.close();
  }
}

function checkAttributes(missing: readonly string[]): Finding {
  if (missing.length === 0) return ok('search-attributes', 'all search attributes are registered');
  const what = `search attributes are not registered: ${missing.join(', ')}`;
  return error('search-attributes', { what, mend: 'npm run register' });
}

function checkDirectory(view: DirectoryView | undefined): Finding {
  if (view?.trouble) {
    const { code, since } = view.trouble;
    return warning('directory', {
      what: `the agent directory cannot be read since ${since}: ${code}`,
      mend: 'the rights of the bot’s user, then POST /operator/directory/refresh',
    });
  }
  if (view?.lastGood) {
    const { people, completedAt } = view.lastGood;
    return ok('directory', `${people} agents may reply, as read at ${completedAt}`);
  }
  return warning('directory', {
    what: 'the agent directory has not been read yet: handovers ignore availability',
    mend: 'start a worker, and wait until it has read the directory',
  });
}
