/** `/tasks`: the routed work, by queue. */
import { must } from '../platform/platform.js';
import type { Routes } from './call.js';
import { paginate } from './page.js';
import { isAmong, text } from './parameters.js';
import { showTask } from './show.js';

export const taskRoutes: Routes = (on, { state }) => {
  on('get', '/tasks', ({ parameters }) => {
    const queue = text(parameters, 'queue') ?? 'global';
    const isIn = (at: string) =>
      at === queue || (queue === 'workbins' && at.startsWith('workbin_'));
    const found = Object.values(state.tasks).filter(
      (task) =>
        isIn(task.queue) &&
        isAmong(parameters, 'channel_id', task.channel_id) &&
        isAmong(parameters, 'step', task.step),
    );
    return paginate(found, parameters, showTask);
  });
  on('get', '/tasks/:id', ({ id }) => showTask(must(state.tasks, id, 'Task')));
};
