/** Every adapter, with what it talks to. Whoever adds an adapter adds its stage. */
import type { AdapterStage } from './adapter-stage.js';
import { scriptedStage } from './scripted-stage.js';

export const stages: Readonly<Record<string, () => Promise<AdapterStage>>> = {
  scripted: scriptedStage,
};
