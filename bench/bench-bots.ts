/** The bots whose turns are measured: in process, and over HTTP where Baton has an adapter for it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BotTurn } from '../bots/bot.js';
import { adapters } from '../bots/adapters/index.js';
import { answerTo, scriptSchema } from '../bots/adapters/scripted/index.js';
import { botSchema } from '../settings/bots.js';
import type { Stage } from './bench.js';
import { script, type BotConfig } from './business.js';

export type BenchBot = { readonly name: string; readonly config: BotConfig };

export async function benchBots(
  stage: Stage,
): Promise<{ readonly bots: readonly BenchBot[]; readonly notes: readonly string[] }> {
  const scripted: BenchBot = { name: 'scripted', config: { scripted: script } };
  if (!adapters.has('http')) {
    return { bots: [scripted], notes: ['http: skipped, there is no such adapter'] };
  }
  const http: BenchBot = { name: 'http', config: { http: { url: await serveScript(stage) } } };
  const { error } = botSchema.safeParse(http.config);
  const [issue] = error?.issues ?? [];
  if (!issue) return { bots: [scripted, http], notes: [] };
  const why = `http: skipped, its settings are refused: ${issue.path.join('.')} ${issue.message}`;
  return { bots: [scripted], notes: [why] };
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
