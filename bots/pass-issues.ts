/** What is wrong with a part of the settings that was parsed apart, as if it had been parsed in its place. */
import type { z } from 'zod';

export function passIssues(
  context: z.RefinementCtx,
  error: z.ZodError | undefined,
  under: readonly string[] = [],
): void {
  for (const issue of error?.issues ?? []) {
    const at = [...under, ...issue.path];
    // A misspelt setting is named by its own place.
    const places =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...at, key]) : [at];
    const message = issue.code === 'unrecognized_keys' ? 'there is no such setting' : issue.message;
    for (const path of places) context.addIssue({ code: 'custom', path, message });
  }
}
