/**
 * `node cli/run.mjs PLACE …`: everything a fresh machine needs, then the program at PLACE, a path from
 * the repository's root without its ending. What follows is the program's.
 */
// Failed calls are told by whoever made them; what gRPC itself has to say of connections helps nobody.
process.env['GRPC_VERBOSITY'] ??= 'NONE';

import { ensureDependencies } from '../local/setup/dependencies.mjs';

await ensureDependencies((line) => console.log(line));
const { register } = await import('tsx/esm/api');
register();
const [place] = process.argv.splice(2, 1);
await import(`../${place}.js`);
