/** Baton and plain handlers as processes, each with a platform of its own, to be killed and started again. */
import { freePort } from '../../local/free-ports.js';
import { secrets } from '../../local/baton.js';
import type { Context } from './bench.js';
import { behindHttp } from './bench-bots.js';
import { openChild, type Child } from '../harness/child.js';
import { openKillableBaton } from './killable-baton.js';
import type { FromPlainHandler, ToPlainHandler } from './plain-handler-process.js';
import { openPlatformProcess, type PlatformProcess } from '../harness/platform-process.js';

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

export async function openBaton(context: Context, botUrl: string): Promise<Rival> {
  const bot = behindHttp(botUrl);
  const { platform, start } = await openKillableBaton(context, { bot, timeScale });
  return restartable('Baton', platform, () => start());
}

export async function openPlainHandler(
  context: Context,
  botUrl: string,
  answers: 'last' | 'first',
): Promise<Rival> {
  const port = await freePort();
  const platform = await openPlatformProcess(context, {
    webhookUrl: `http://127.0.0.1:${port}/`,
    timeScale,
  });
  const options: ToPlainHandler = {
    ...{ port, botUrl, answers, engageUrl: platform.url },
    ...{ accessToken: secrets.ENGAGE_TOKEN, secret: secrets.BATON_WEBHOOK_SECRET },
  };
  const open = async () => {
    const file = 'test/bench/plain-handler-process.ts';
    const child = openChild<ToPlainHandler, FromPlainHandler>(context, { file });
    await child.ask(options);
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
