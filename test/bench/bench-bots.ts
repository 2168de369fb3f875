/** The bots whose turns are measured: in process, and over HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BotAnswer, BotTurn } from '../../bots/bot.js';
import { answerTo, scriptSchema } from '../../bots/adapters/scripted/index.js';
import type { Context } from './bench.js';
import { script, type BotConfig } from './business.js';

export type BenchBot = { readonly name: string; readonly config: BotConfig };

/** Where the worker looks for what requests are signed with. */
const secretFrom = 'BATON_BENCH_BOT_SECRET';

export async function benchBots(context: Context): Promise<readonly BenchBot[]> {
  const rules = scriptSchema.parse(script);
  const url = await serveBot(context, (turn) => Promise.resolve(answerTo(turn, rules)));
  return [
    { name: 'scripted', config: { scripted: script } },
    { name: 'http', config: behindHttp(url) },
  ];
}

/** The bot behind this address, as a worker of this process or of one begun by it is told. */
export function behindHttp(url: string): BotConfig {
  process.env[secretFrom] = 'secret-of-the-bench';
  return { http: { url, secretFrom, allowPrivate: true } };
}

/** A bot behind a port of this process: what it costs is the same on both sides. */
export async function serveBot(
  context: Context,
  answerOf: (turn: BotTurn) => Promise<BotAnswer>,
): Promise<string> {
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const turn = JSON.parse(Buffer.concat(chunks).toString()) as BotTurn;
      answer.setHeader('content-type', 'application/json');
      void answerOf(turn).then((said) => answer.end(JSON.stringify(said)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.atTheEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
