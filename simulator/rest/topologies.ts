/** `/topologies`: routing of work. */
import { must } from '../platform/platform.js';
import type { Routes } from './call.js';
import { paginate } from './page.js';

const created = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };

export const topologyRoutes: Routes = (on, { state }) => {
  const show = (topology: object) => ({ ...topology, ...created });
  on('get', '/topologies', ({ parameters }) =>
    paginate(Object.values(state.topologies), parameters, show),
  );
  on('get', '/topologies/:id', ({ id }) => show(must(state.topologies, id, 'Topology')));
};
