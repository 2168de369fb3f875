/** Every adapter, with what it talks to. Whoever adds an adapter adds its setup. */
import { categories } from '../../../simulator/seed.js';
import type { AdapterSetup } from './adapter-setup.js';
import { cognigySetup, dialogflowSetup, httpSetup, rasaSetup } from './http-setups.js';
import { kitSetup } from './kit-setup.js';
import { modelSetup } from './model-setup.js';
import { scriptedSetup } from './scripted-setup.js';

export const stages: Readonly<Record<string, () => Promise<AdapterSetup>>> = {
  scripted: scriptedSetup,
  http: httpSetup,
  openaiCompatible: modelSetup,
  chatbotKit: () => kitSetup(categories.agent),
  rasa: rasaSetup,
  dialogflow: dialogflowSetup,
  cognigy: cognigySetup,
};
