/** One line of a thread's decision log. */

export type LoggedDecision = { readonly at: number; readonly what: string; readonly why: string };
