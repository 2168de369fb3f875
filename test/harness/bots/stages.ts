/** Every adapter, with what it talks to. Whoever adds an adapter adds its stage. */
import { categories } from '../../../simulator/seed.js';
import type { AdapterStage } from './adapter-stage.js';
import { cognigyStage, dialogflowStage, httpStage, rasaStage } from './http-stages.js';
import { kitStage } from './kit-stage.js';
import { modelStage } from './model-stage.js';
import { scriptedStage } from './scripted-stage.js';

export const stages: Readonly<Record<string, () => Promise<AdapterStage>>> = {
  scripted: scriptedStage,
  http: httpStage,
  openaiCompatible: modelStage,
  chatbotKit: () => kitStage(categories.agent),
  rasa: rasaStage,
  dialogflow: dialogflowStage,
  cognigy: cognigyStage,
};
