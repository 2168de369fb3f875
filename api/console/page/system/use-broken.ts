/** Searches for broken threads and rebuilds them, one after the other, with counts while it runs. */
import { useState } from 'preact/hooks';
import type { BrokenList } from '../../../operator/answers.js';
import * as baton from '../reach/endpoints.js';
import { LoggedOut } from '../reach/call.js';
import { useSession } from '../reach/session.js';

export type Broken = BrokenList['threads'][number];
export type Refusal = { readonly id: string; readonly why: string };

export type Search = {
  readonly lookedAt: number;
  readonly threads: readonly Broken[];
  readonly isBusy: boolean;
};
export type Rebuilding = {
  readonly total: number;
  readonly done: number;
  readonly refusals: readonly Refusal[];
};

export function useBroken() {
  const { loggedOut } = useSession();
  const [search, setSearch] = useState<Search | undefined>(undefined);
  const [rebuilding, setRebuilding] = useState<Rebuilding | undefined>(undefined);
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const guarded = async (act: () => Promise<void>) => {
    setWrong(undefined);
    await act().catch((error: unknown) => {
      if (error instanceof LoggedOut) loggedOut();
      else setWrong(messageOf(error));
    });
  };

  const look = () =>
    guarded(async () => {
      setRebuilding(undefined);
      let seen: Search = { lookedAt: 0, threads: [], isBusy: true };
      setSearch(seen);
      try {
        for await (const { lookedAt, threads } of pages()) {
          seen = {
            lookedAt: seen.lookedAt + lookedAt,
            threads: [...seen.threads, ...threads],
            isBusy: true,
          };
          setSearch(seen);
        }
      } finally {
        setSearch({ ...seen, isBusy: false });
      }
    });

  const rebuild = (ids: readonly string[], why: string) =>
    guarded(async () => {
      let state: Rebuilding = { total: ids.length, done: 0, refusals: [] };
      setRebuilding(state);
      for (const id of ids) {
        const refusal = await refusalOf(id, why);
        const { done, refusals } = state;
        state = refusal
          ? { ...state, refusals: [...refusals, refusal] }
          : { ...state, done: done + 1 };
        setRebuilding(state);
        if (!refusal) setSearch((last) => last && without(last, id));
      }
    });

  return { search, rebuilding, wrong, look, rebuild };
}

async function* pages(): AsyncGenerator<BrokenList> {
  for (const of of ['ended', 'stuck'] as const) {
    let page: string | null = null;
    do {
      const list: BrokenList = await baton.broken(of, page);
      yield list;
      page = list.next;
    } while (page !== null);
  }
}

/** A refusal of one thread does not stop the others. */
async function refusalOf(id: string, why: string): Promise<Refusal | undefined> {
  try {
    await baton.rebuild(id, why);
    return undefined;
  } catch (error) {
    if (error instanceof LoggedOut) throw error;
    return { id, why: messageOf(error) };
  }
}

function without(search: Search, id: string): Search {
  return { ...search, threads: search.threads.filter((one) => one.id !== id) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it failed';
}
