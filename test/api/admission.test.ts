/**
 * More deliveries than can be taken in: those on top are told so at once and lose nothing, those inside
 * are as few as promised, and how few finds itself.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../api/webhook/admission.js';
import { watchLoop } from '../../api/limits/loop-watch.js';
import { listen } from '../../runtime/listen.js';
import type { Threads } from '../../temporal/threads.js';
import { openAllRoutes, taking } from '../harness/all-routes.js';
import { RecordedThreads } from '../harness/recorded-threads.js';
import { eventually } from '../harness/eventually.js';

/** Temporal as it is when it answers nobody for the moment. */
class HeldThreads extends RecordedThreads {
  inside = 0;
  readonly #open: (() => void)[] = [];

  override async accept(events: Parameters<Threads['accept']>[0]) {
    this.inside += 1;
    await new Promise<void>((resolve) => this.#open.push(resolve));
    this.inside -= 1;
    return super.accept(events);
  }

  release(): void {
    for (const open of this.#open.splice(0)) open();
  }
}

const [, delivery] = taking[0]!;

function bodyOf(number: number): string {
  const metadata = { thread_id: `t-${number}`, source_id: 'source', body: 'hello' };
  const resource = { id: `c-${number}`, metadata };
  const at = '2026-01-15T09:30:00.412Z';
  const event = { type: 'content.imported', id: `e-${number}`, issued_at: at, resource };
  return JSON.stringify({ id: `d-${number}`, domain_id: 'd', events: [event] });
}

describe('while Temporal holds all it is given', () => {
  it('256 deliveries are inside, the others have 503 at once, and none that has 200 is lost', async () => {
    const threads = new HeldThreads();
    const app = openAllRoutes({ threads, behind: () => 0 });
    const server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'TEST' });
    const { target, headers } = delivery(Buffer.alloc(0));
    const url = `http://127.0.0.1:${server.port}${target}`;
    const post = (number: number) => fetch(url, { method: 'POST', headers, body: bodyOf(number) });
    const first = Array.from({ length: 256 }, (_, number) => post(number));
    await eventually(() => threads.inside).toBe(256);
    const late = await Promise.all(Array.from({ length: 64 }, (_, number) => post(1_000 + number)));
    expect(late.map(({ status }) => status)).toEqual(late.map(() => 503));
    expect(late.map((answer) => answer.headers.get('retry-after'))).toEqual(late.map(() => '5'));
    expect(threads.inside).toBe(256);
    threads.release();
    const statuses = (await Promise.all(first)).map(({ status }) => status);
    expect(statuses).toEqual(first.map(() => 200));
    expect(threads.accepted).toHaveLength(256);
    const again = post(1_000);
    await eventually(() => threads.inside).toBe(1);
    threads.release();
    expect((await again).status).toBe(200);
    await server.close();
  });

  it('negative control: who takes in everything has more inside than can be answered in time', async () => {
    const naive = { isFull: false, within: <T>(run: () => Promise<T>) => run() };
    expect(await mostInside(naive, 400)).toBe(400);
    expect(await mostInside(createAdmission(), 400)).toBe(256);
  });
});

type Naive = Pick<ReturnType<typeof createAdmission>, 'within'>;

/** So many at once; each is held until all have been tried. */
async function mostInside({ within }: Naive, tried: number): Promise<number> {
  let [inside, most] = [0, 0];
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const held = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await gate;
    inside -= 1;
  };
  const all = Array.from({ length: tried }, () => within(held) ?? Promise.resolve());
  open();
  await Promise.all(all);
  return most;
}

describe('how far the process is behind', () => {
  it('is seen while it works off what has come, and is nothing once it has', async () => {
    const behind = watchLoop();
    await pause(30);
    const until = performance.now() + 120;
    while (performance.now() < until);
    expect(behind()).toBeGreaterThan(90);
    await eventually(behind).toBeLessThan(90);
  });
});

describe('the bound', () => {
  const options = { first: 100, least: 10, most: 120, target: 500 };
  let now = 0;
  const fill = async (admission: ReturnType<typeof createAdmission>, took: number) => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const enter = () => admission.within(() => gate) ?? Promise.reject(new Error('no room'));
    const inside = Array.from({ length: admission.limit }, enter);
    expect(admission.isFull).toBe(true);
    expect(admission.within(() => gate)).toBeUndefined();
    now += took;
    open();
    await Promise.all(inside);
  };

  it('sinks while handing over is slow, once in the time of a target, and not below the least', async () => {
    const admission = createAdmission({ ...options, now: () => now });
    await fill(admission, 600);
    expect(admission.limit).toBe(80);
    await fill(admission, 600);
    expect(admission.limit).toBe(64);
    for (let times = 0; times < 20; times += 1) await fill(admission, 600);
    expect(admission.limit).toBe(10);
  });

  it('rises again when it is quick and all room is used, and not above the most', async () => {
    const admission = createAdmission({ ...options, now: () => now });
    await fill(admission, 600);
    await fill(admission, 10);
    expect(admission.limit).toBeGreaterThan(80);
    for (let times = 0; times < 60; times += 1) await fill(admission, 10);
    expect(admission.limit).toBe(120);
  });

  it('is low while the process itself is behind: who comes has waited already', async () => {
    let behind = 251;
    const admission = createAdmission({ ...options, few: 2, behind: () => behind });
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const enter = () => admission.within(() => gate) ?? Promise.reject(new Error('no room'));
    const inside = [enter(), enter()];
    expect(admission.isFull).toBe(true);
    expect(admission.within(() => gate)).toBeUndefined();
    behind = 250;
    expect(admission.isFull).toBe(false);
    inside.push(enter());
    open();
    expect(await Promise.all(inside)).toHaveLength(3);
  });

  it('stays when handing over fails: what was refused is not held', async () => {
    const admission = createAdmission(options);
    for (let times = 0; times < 300; times += 1) {
      await expect(admission.within(() => Promise.reject(new Error('away')))).rejects.toThrow();
    }
    expect(admission.isFull).toBe(false);
  });
});
