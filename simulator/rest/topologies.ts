/** `/topologies`: how work is routed. One, active, whose last step lets bot threads ring at nobody's. */
import { must } from '../platform/platform.js';
import { topologyId } from '../seed.js';
import type { Routes } from './call.js';
import { pageOf } from './page.js';

const topology = {
  id: topologyId,
  name: 'Default',
  config: { active: true, steps: [{ name: 'skills' }, { name: 'anyone', duration: 0 }] },
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
};

export const topologyRoutes: Routes = (on) => {
  on('get', '/topologies', ({ parameters }) => pageOf([topology], parameters, (one) => one));
  on('get', '/topologies/:id', ({ id }) => must({ [topologyId]: topology }, id, 'Topology'));
};
