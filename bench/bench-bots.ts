/** The bots whose turns are measured: in process, and over HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BotTurn } from '../bots/bot.js';
import { answerTo, scriptSchema } from '../bots/adapters/scripted/index.js';
import type { Stage } from './bench.js';
import { script, type BotConfig } from './business.js';

export type BenchBot = { readonly name: string; readonly config: BotConfig };

/** Where the worker looks for what requests are signed with. */
const secretFrom = 'BATON_BENCH_BOT_SECRET';

export async function benchBots(stage: Stage): Promise<readonly BenchBot[]> {
  process.env[secretFrom] = 'secret-of-the-bench';
  const url = await serveScript(stage);
  return [
    { name: 'scripted', config: { scripted: script } },
    { name: 'http', config: { http: { url, secretFrom, allowPrivate: true } } },
  ];
}

/** The same script behind a port of this process: what it costs is the same on both sides. */
async function serveScript(stage: Stage): Promise<string> {
  const rules = scriptSchema.parse(script);
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const turn = JSON.parse(Buffer.concat(chunks).toString()) as BotTurn;
      answer.setHeader('content-type', 'application/json');
      answer.end(JSON.stringify(answerTo(turn, rules)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stage.atTheEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
