/**
 * The tests that must notice a change of a source file: those of its room that import it, directly or not, the likely
 * and the quick ones first.
 */
import { importsOf, sourceFiles } from '../harness/source-files.js';

/** By room, the tests that need no server. */
const testsOf: Readonly<Record<string, readonly string[]>> = {
  workflows: ['test/workflows/', 'test/guarantees/'],
  activities: ['test/activities/', 'test/engage/', 'test/workflows/reconcile/'],
  engage: [
    ...['test/engage/', 'test/activities/', 'test/api/webhook.', 'test/api/messenger.'],
    ...['test/simulator/messenger.', 'test/simulator/sdk.'],
    ...['test/workflows/reconcile/', 'test/workflows/shared/working-time.'],
  ],
};

export const rooms = Object.keys(testsOf);

export function roomOf(file: string): string {
  return file.split('/')[0] ?? '';
}

export function testsOfRoom(room: string): readonly string[] {
  const folders = testsOf[room] ?? [];
  const isMeant = (file: string) => folders.some((folder) => file.startsWith(folder));
  return sourceFiles(['.test.ts']).filter(isMeant);
}

export class RoomTests {
  readonly #reached = new Map<string, ReadonlySet<string>>();
  readonly #took = new Map<string, number>();
  /** By source file, the tests that noticed one of its mutants. */
  readonly #noticed = new Map<string, Set<string>>();

  /** How long the tests took, in milliseconds, and which test noticed a mutant of a source file. */
  learn(took: Readonly<Record<string, number>>, file?: string, by?: string): void {
    for (const [test, time] of Object.entries(took)) this.#took.set(test, time);
    if (file === undefined || by === undefined) return;
    this.#noticed.set(file, (this.#noticed.get(file) ?? new Set()).add(by));
  }

  for(file: string): readonly string[] {
    const cost = (test: string) =>
      this.#noticed.get(file)?.has(test) === true ? 0 : (this.#took.get(test) ?? 1);
    return testsOfRoom(roomOf(file))
      .filter((test) => this.#reach(test).has(file))
      .sort((one, other) => cost(one) - cost(other));
  }

  /** What a test loads of ours. */
  #reach(test: string): ReadonlySet<string> {
    const known = this.#reached.get(test);
    if (known) return known;
    const found = new Set([test]);
    for (const file of found) {
      for (const { what, isTypeOnly } of importsOf(file))
        if (!isTypeOnly && /\.tsx?$/.test(what)) found.add(what);
    }
    this.#reached.set(test, found);
    return found;
  }
}
