#!/usr/bin/env node
/** `npx baton …`: the command line, from the repository's root, with everything a fresh machine needs. */
process.argv.splice(2, 0, 'cli/main');
await import('./run.mjs');
