/**
 * `node cli/run.mjs PROGRAM …`: installs what is missing, then runs PROGRAM, a path from the repository's
 * root without its extension. Further arguments are the program's.
 */
// Callers report failed calls; gRPC's own messages about connections are of no use.
process.env['GRPC_VERBOSITY'] ??= 'NONE';

import { ensureDependencies } from '../local/setup/dependencies.mjs';

await ensureDependencies((line) => console.log(line));
const { register } = await import('tsx/esm/api');
register();
const [place] = process.argv.splice(2, 1);
await import(`../${place}.js`);
