/** `npm run simulate`: plays conversations in simulated worlds, each from a seed. */
import './host/install.js';

const { play } = await import('./world/play.js');
const { generatePlan } = await import('./plan/generate.js');

const clock = () => process.hrtime.bigint();
for (let seed = 1; seed <= 40; seed += 1) {
  const began = clock();
  const { world, plan } = await play(generatePlan(seed));
  const seconds = Number(clock() - began) / 1e9;
  const writes = plan.acts.filter((act) => act.do === 'customer writes').length;
  console.log(seed, writes, (writes / seconds).toFixed(0), world.time.entries, world.reports);
}
