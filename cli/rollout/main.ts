/**
 * `npm run rollout [-- BUILD_ID [--percent N]]`: shows the current worker version, makes this version
 * current, or ramps it to a percentage of threads. It changes nothing else, and is idempotent.
 */
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { runRole } from '../../runtime/run-role.js';
import { StartError } from '../../runtime/start-error.js';
import { buildId as buildIdSchema, readRolloutEnvironment } from '../../settings/environment.js';
import { createDeployments, type Deployments, type Standing } from '../../temporal/deployments.js';
import { temporalSettings } from '../../temporal/settings.js';

const usage = 'npm run rollout [-- BUILD_ID [--percent 0…100]]';
/** Milliseconds; the server knows workers only a moment after their start. */
const timeout = 60_000;

await runRole('rollout', async () => {
  const asked = ask();
  const settings = readRolloutEnvironment(process.env);
  const { BATON_DEPLOYMENT_NAME: deploymentName, BATON_TEMPORAL_PORT: port } = settings;
  const { connection: options, namespace } = temporalSettings(process.env, port);
  const connection = await Connection.connect(options).catch((cause: unknown) => {
    throw new StartError(`Temporal is not reachable at ${options.address}`, { cause });
  });
  const deployments = createDeployments(connection, { namespace, deploymentName });
  if (asked.buildId !== undefined) await rollOut(deployments, asked.buildId, asked.percent);
  printStanding(deploymentName, await deployments.standing());
  await connection.close();
});

type Asked = { readonly buildId: string | undefined; readonly percent: number | undefined };

/** @throws StartError for invalid arguments */
function ask(): Asked {
  try {
    const options = { percent: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [buildId, ...more] = positionals;
    const percent = values.percent === undefined ? undefined : Number(values.percent);
    const isGood = percent === undefined || (percent >= 0 && percent <= 100);
    if (more.length > 0 || !isGood || (percent !== undefined && buildId === undefined)) {
      throw new StartError(usage);
    }
    return { buildId: buildId === undefined ? buildId : buildIdSchema.parse(buildId), percent };
  } catch (cause) {
    throw new StartError(usage, { cause });
  }
}

/** Retries until the version's workers are known. @throws StartError with the server's message */
async function rollOut(
  deployments: Deployments,
  buildId: string,
  percent: number | undefined,
): Promise<void> {
  const until = Date.now() + timeout;
  for (;;) {
    try {
      if (percent === undefined) await deployments.makeCurrent(buildId);
      else await deployments.ramp(buildId, percent);
      return;
    } catch (error) {
      if (!isGrpcServiceError(error)) throw error;
      if (Date.now() > until) throw new StartError(error.details, { cause: error });
    }
    await pause(1_000);
  }
}

function printStanding(name: string, standing: Standing | undefined): void {
  if (!standing) {
    console.log(`${name}: no worker of this name has come yet`);
    return;
  }
  const { current, ramping, versions } = standing;
  console.log(`${name}: ${current ?? 'no version'} takes the work`);
  if (ramping) console.log(`  ${ramping.buildId}: ${ramping.percentage} % of the threads`);
  console.log(`  known: ${versions.join(', ') || 'none'}`);
}
