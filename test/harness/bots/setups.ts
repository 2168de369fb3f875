/** Every adapter, with what it talks to. Whoever adds an adapter adds its stage. */
import { categories } from '../../../simulator/seed.js';
import type { AdapterStage } from './adapter-setup.js';
import { cognigyStage, dialogflowStage, httpStage, rasaStage } from './http-setups.js';
import { kitStage } from './kit-setup.js';
import { modelStage } from './model-setup.js';
import { scriptedStage } from './scripted-setup.js';

export const stages: Readonly<Record<string, () => Promise<AdapterStage>>> = {
  scripted: scriptedStage,
  http: httpStage,
  openaiCompatible: modelStage,
  chatbotKit: () => kitStage(categories.agent),
  rasa: rasaStage,
  dialogflow: dialogflowStage,
  cognigy: cognigyStage,
};
