/** The operator API to a directory that keeps who asked for it. */
import type { DirectoryServices } from '../../api/operator/directory.js';
import type { DirectoryPlan, DirectoryView } from '../../workflows/contract/index.js';

export function recordedDirectory(
  asked: string[] = [],
  trouble: () => Error | undefined = () => undefined,
): DirectoryServices {
  let view: DirectoryView | undefined;
  const answer = <T>(value: T) => {
    const error = trouble();
    return error ? Promise.reject(error) : Promise.resolve(value);
  };
  return {
    plan: { sourceIds: ['chat'] } as unknown as DirectoryPlan,
    directories: {
      refresh: ({ by }) => {
        asked.push(by);
        view = { isRefreshing: true, askedBy: by, calls: 0 };
        return answer(view);
      },
      show: () => answer(view),
      close: () => Promise.resolve(),
    },
  };
}
