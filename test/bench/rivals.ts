/** Baton and plain handlers as processes, each with a platform of its own, to be killed and started again. */
import { freePort } from '../../local/free-ports.js';
import { secrets } from '../../local/baton.js';
import type { FromBaton, ToBaton } from './baton-process.js';
import type { Stage } from './bench.js';
import { behindHttp } from './bench-bots.js';
import { openChild, type Child } from '../harness/child.js';
import type { FromPlainHandler, ToPlainHandler } from './plain-handler-process.js';
import { openPlatformProcess, type PlatformProcess } from '../harness/platform-process.js';
import { openServer } from '../harness/temporal-server.js';

export type Rival = {
  readonly name: string;
  readonly platform: PlatformProcess;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Resolves when it accepts deliveries again. */
  begin(): Promise<void>;
};

/** Divides the platform's delays before it sends again: 1, 8 and 32 seconds instead of 32, 240 and 1,020. */
const timeScale = 32;

export async function openBaton(stage: Stage, botUrl: string): Promise<Rival> {
  const server = await openServer(stage);
  const port = await freePort();
  const platform = await openPlatformProcess(stage, {
    webhookUrl: `http://127.0.0.1:${port}/webhooks/engage`,
    timeScale,
  });
  const told: ToBaton = {
    ...{ address: server.address, engageUrl: platform.url, port, bot: behindHttp(botUrl) },
    workflowBundle: stage.workflowBundle,
  };
  const open = async () => {
    const child = openChild<ToBaton, FromBaton>(stage, { file: 'test/bench/baton-process.ts' });
    await child.ask(told);
    return child;
  };
  return restartable('Baton', platform, open);
}

export async function openPlainHandler(
  stage: Stage,
  botUrl: string,
  answers: 'last' | 'first',
): Promise<Rival> {
  const port = await freePort();
  const platform = await openPlatformProcess(stage, {
    webhookUrl: `http://127.0.0.1:${port}/`,
    timeScale,
  });
  const told: ToPlainHandler = {
    ...{ port, botUrl, answers, engageUrl: platform.url },
    ...{ accessToken: secrets.ENGAGE_TOKEN, secret: secrets.BATON_WEBHOOK_SECRET },
  };
  const open = async () => {
    const file = 'test/bench/plain-handler-process.ts';
    const child = openChild<ToPlainHandler, FromPlainHandler>(stage, { file });
    await child.ask(told);
    return child;
  };
  return restartable(`plain handler, answers ${answers}`, platform, open);
}

async function restartable(
  name: string,
  platform: PlatformProcess,
  open: () => Promise<Pick<Child<never, never>, 'kill'>>,
): Promise<Rival> {
  let child = await open();
  return {
    name,
    platform,
    kill: () => child.kill(),
    begin: async () => void (child = await open()),
  };
}
