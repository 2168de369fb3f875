/** Searches for broken threads and rebuilds them, one after the other, with counts while it runs. */
import { useState } from 'preact/hooks';
import type { BrokenList } from '../../../operator/answers.js';
import * as baton from '../reach/endpoints.js';
import { LoggedOut } from '../reach/call.js';
import { useSession } from '../reach/session.js';

export type Broken = BrokenList['threads'][number];
export type RefusedThread = { readonly id: string; readonly why: string };

export type Search = {
  readonly lookedAt: number;
  readonly threads: readonly Broken[];
  readonly isBusy: boolean;
};
export type Rebuilding = {
  readonly isBusy: boolean;
  readonly total: number;
  readonly done: number;
  readonly refusals: readonly RefusedThread[];
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
      await searchAll(setSearch);
    });
  const rebuild = (ids: readonly string[], why: string) =>
    guarded(() =>
      rebuildEach(ids, why, (state, rebuilt) => {
        setRebuilding(state);
        setSearch((last) => last && without(last, rebuilt));
      }),
    );
  return { search, rebuilding, wrong, look, rebuild };
}

async function searchAll(publish: (search: Search) => void): Promise<void> {
  let seen: Search = { lookedAt: 0, threads: [], isBusy: true };
  publish(seen);
  try {
    for await (const page of pages()) {
      const lookedAt = seen.lookedAt + page.lookedAt;
      seen = { lookedAt, threads: [...seen.threads, ...page.threads], isBusy: true };
      publish(seen);
    }
  } finally {
    publish({ ...seen, isBusy: false });
  }
}

/** @param publish is given the counts, and the thread that was rebuilt last */
async function rebuildEach(
  ids: readonly string[],
  why: string,
  publish: (state: Rebuilding, rebuilt: string | undefined) => void,
): Promise<void> {
  let state: Rebuilding = { isBusy: true, total: ids.length, done: 0, refusals: [] };
  publish(state, undefined);
  try {
    for (const id of ids) {
      const refusal = await refusalOf(id, why);
      const { done, refusals } = state;
      state = refusal
        ? { ...state, refusals: [...refusals, refusal] }
        : { ...state, done: done + 1 };
      publish(state, refusal ? undefined : id);
    }
  } finally {
    publish({ ...state, isBusy: false }, undefined);
  }
}

async function* pages(): AsyncGenerator<BrokenList> {
  for (const kind of ['ended', 'stuck'] as const) {
    let page: string | null = null;
    do {
      const list: BrokenList = await baton.broken(kind, page);
      yield list;
      page = list.next;
    } while (page !== null);
  }
}

/** A refusal of one thread does not stop the others. */
async function refusalOf(id: string, why: string): Promise<RefusedThread | undefined> {
  try {
    await baton.rebuild(id, why);
    return undefined;
  } catch (error) {
    if (error instanceof LoggedOut) throw error;
    return { id, why: messageOf(error) };
  }
}

function without(search: Search, id: string | undefined): Search {
  return { ...search, threads: search.threads.filter((one) => one.id !== id) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it failed';
}
