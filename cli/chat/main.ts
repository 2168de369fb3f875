/** `npm run chat -- FILE`: chat with a bot in the terminal, through the complete stack. */
import { createInterface } from 'node:readline';
import { StartError } from '../../runtime/start-error.js';
import { installQuietRuntime } from '../../local/quiet-runtime.js';
import { SettingsError } from '../../settings/settings-error.js';
import { createBots } from '../../worker/bots.js';
import { loadBusiness, type Played } from './business.js';
import { openSession, type Session } from './session.js';
import { commands, Talk } from './talk.js';

const help = `npm run chat -- FILE [SOURCE]

Talk to a bot in this terminal, through the real engine beside a simulated Engage Digital. FILE is a
baton.config.ts (of its first source, or the one you name) or the YAML file of a scripted bot. Each line
is a message of the customer. If input is piped in, each line waits for the answer to the one before.

${commands}`;

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const [file, source, ...others] = args;
  if (file === undefined || file.startsWith('-') || others.length > 0) {
    console.log(help);
    return file === '--help' || file === '-h' ? 0 : 1;
  }
  const played = await read(file, source);
  return played ? talk(played) : 1;
}

/** Reports errors of the file and missing variables before anything starts. */
async function read(file: string, source: string | undefined): Promise<Played | undefined> {
  try {
    const played = await loadBusiness(file, source);
    createBots(played.business.bots);
    return played;
  } catch (error) {
    if (!(error instanceof SettingsError) && !(error instanceof StartError)) throw error;
    console.log(error.message);
    return undefined;
  }
}

async function talk({ business, source }: Played): Promise<number> {
  installQuietRuntime();
  const isTerminal = process.stdin.isTTY;
  const print = (line: string) => console.log(line);
  print(`Talking to ${business.sources[source]?.bot ?? ''} on ${source}. One moment …`);
  const session = await openSession(business, print);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void session.close().finally(() => process.exit(1)));
  }
  try {
    await converse(session, { source, print, isTerminal });
    return 0;
  } finally {
    await session.close();
  }
}

type How = {
  readonly source: string;
  readonly print: (line: string) => void;
  readonly isTerminal: boolean;
};

async function converse(session: Session, { source, print, isTerminal }: How): Promise<void> {
  const { control, workflows } = session;
  const one = new Talk({ control, workflows, source, print, echoes: !isTerminal });
  if (isTerminal) print(commands);
  let isOver = false;
  const watching = one.watch(() => isOver);
  // Without a prompt, which would appear in the middle of the output.
  for await (const line of createInterface({ input: process.stdin })) {
    if (!(await one.take(line))) break;
    if (!isTerminal) await one.untilQuiet();
  }
  if (!isTerminal) await one.untilQuiet();
  isOver = true;
  await watching;
}
