/** Reports errors of a separately parsed part of the settings at their place in the whole. */
import type { z } from 'zod';

export function passIssues(
  context: z.RefinementCtx,
  error: z.ZodError | undefined,
  under: readonly string[] = [],
): void {
  for (const issue of error?.issues ?? []) {
    const at = [...under, ...issue.path];
    // An unknown key is reported at its own place.
    const places =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...at, key]) : [at];
    const message = issue.code === 'unrecognized_keys' ? 'unknown setting' : issue.message;
    for (const path of places) context.addIssue({ code: 'custom', path, message });
  }
}
