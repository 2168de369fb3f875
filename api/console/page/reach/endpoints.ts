/** Every call the console makes, with the type of its answer. */
import type { EmergencyView, Scope } from '../../../../workflows/contract/index.js';
import type {
  BotsView,
  BrokenList,
  CommandName,
  Me,
  Overview,
  ThreadList,
  ThreadView,
  Timeline,
} from '../../../operator/answers.js';
import { read, send } from './call.js';
import type { DirectoryAnswer, DryRun, ReconcilerReport, SourceLine, Ways } from './answers.js';

type Signal = AbortSignal | undefined;

export const me = async () => (await read('/operator/me')) as Me;
export const ways = async () => (await read('/operator/session/ways')) as Ways;
/** @param name the caller's name, for a token that several people share */
export async function logIn(token: string, name: string | undefined): Promise<Me> {
  const body = { token, ...(name !== undefined && { name }) };
  return ((await send('POST', '/operator/session', body)) as { readonly me: Me }).me;
}
export const logOut = () => send('DELETE', '/operator/session');

export async function threads(query: string, signal: Signal): Promise<ThreadList> {
  return (await read(`/operator/threads${query}`, signal)) as ThreadList;
}
/** The viewer's time zone, for times within sentences. */
function reading(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return `?${new URLSearchParams({ timeZone }).toString()}`;
}
type OneThread = { readonly thread: ThreadView };
const pathOf = (id: string) => `/operator/threads/${encodeURIComponent(id)}`;

export async function thread(id: string, signal: Signal): Promise<ThreadView> {
  return ((await read(`${pathOf(id)}${reading()}`, signal)) as OneThread).thread;
}
export async function timeline(id: string, signal: Signal): Promise<Timeline> {
  return (await read(`${pathOf(id)}/timeline${reading()}`, signal)) as Timeline;
}

const commandPaths: Record<CommandName, string> = {
  askHandover: 'ask-handover',
  takeOver: 'take-over',
  returnToBot: 'return-to-bot',
  close: 'close',
  pauseBot: 'pause-bot',
  answerAgain: 'answer-again',
};
/** `key`: idempotency key; the same call sent twice takes effect once. */
export async function command(
  id: string,
  name: CommandName,
  body: { readonly why: string; readonly for?: string },
  key: string,
): Promise<ThreadView> {
  const path = `${pathOf(id)}/${commandPaths[name]}`;
  return ((await send('POST', path, body, key)) as OneThread).thread;
}

/** One page of broken threads: stuck ones, or those with an ended run. */
export async function broken(of: 'stuck' | 'ended', page: string | null): Promise<BrokenList> {
  const query = new URLSearchParams({ of, ...(page !== null && { page }) });
  return (await read(`/operator/broken?${query.toString()}`)) as BrokenList;
}
export const rebuild = (id: string, why: string) => send('POST', `${pathOf(id)}/repair`, { why });

export async function counts(signal: Signal): Promise<Pick<Overview, 'threads'>> {
  return (await read('/operator/counts', signal)) as Pick<Overview, 'threads'>;
}
export async function overview(signal: Signal): Promise<Overview> {
  return (await read('/operator/overview', signal)) as Overview;
}
export async function bots(signal: Signal): Promise<BotsView> {
  return (await read('/operator/bots', signal)) as BotsView;
}
export async function sources(): Promise<readonly SourceLine[]> {
  return ((await read('/operator/sources')) as { readonly sources: readonly SourceLine[] }).sources;
}
export async function reconciler(signal: Signal): Promise<readonly ReconcilerReport[]> {
  const answer = await read('/operator/reconciler', signal);
  return (answer as { readonly reports: readonly ReconcilerReport[] }).reports;
}
export async function directory(signal: Signal): Promise<DirectoryAnswer> {
  return (await read('/operator/directory', signal)) as DirectoryAnswer;
}

export type Emergencies = {
  readonly inForce: readonly Scope[];
  readonly emergencies: readonly EmergencyView[];
};
export async function emergencies(signal: Signal): Promise<Emergencies> {
  return (await read('/operator/emergency', signal)) as Emergencies;
}
/** Declare or end an emergency; with `dryRun` it only counts. */
export type Way = 'declare' | 'end';
type Call = { readonly scope: Scope; readonly why: string };
const emergencyPaths: Record<Way, string> = {
  declare: '/operator/emergency',
  end: '/operator/emergency/end',
};
export async function dryRun(way: Way, scope: Scope): Promise<DryRun> {
  const body = { scope, why: 'dry run in the console', dryRun: true };
  return (await send('POST', emergencyPaths[way], body)) as DryRun;
}
export async function act(way: Way, call: Call): Promise<EmergencyView> {
  const answer = await send('POST', emergencyPaths[way], { ...call, dryRun: false });
  return (answer as { readonly emergency: EmergencyView }).emergency;
}
