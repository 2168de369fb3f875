/** What tests need on this machine and is built once: Temporal's CLI and the time-skipping server. */
import { findTemporalProgram } from '../../local/setup/temporal-server.js';
import { findTestServer } from '../../local/setup/test-server.js';

/** Prints what it builds or has found. */
export async function setUp(): Promise<void> {
  const say = (line: string) => console.log(`  ${line}`);
  console.log('Set-up');
  await findTemporalProgram(say);
  await findTestServer(say);
}
