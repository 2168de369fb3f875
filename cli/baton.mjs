#!/usr/bin/env node
/**
 * `npx baton …`: entry point of the command line, run from the repository's root; installs what is
 * missing.
 */
process.argv.splice(2, 0, 'cli/main');
await import('./run.mjs');
