/**
 * All routes of the operator API, one entry each; they are mounted, authorised and documented from this
 * table.
 */
import type { Log } from '../../runtime/log.js';
import type { Emergencies } from '../../temporal/emergencies.js';
import type { ReconcilerReports } from '../../temporal/reconciler-reports.js';
import { listSchema, readingSchema } from './asked.js';
import { createShowBots, createShowSources, type BotServices } from './bots.js';
import { commandSchema, createCommand, pauseSchema } from './commands.js';
import {
  createRefreshDirectory,
  createShowDirectory,
  refreshSchema,
  type DirectoryServices,
} from './directory.js';
import { createDeclare, createEnd, createShow } from './emergency.js';
import { createErase, eraseSchema } from './erase.js';
import { createShowCounts, createShowOverview, type OverviewServices } from './overview.js';
import { createShowReconciler } from './reconciler.js';
import { createErasePerson, erasePersonSchema, type PeopleServices } from './people.js';
import type { Route } from './route.js';
import * as shapes from './schemas.js';
import { emergencySchema } from './scope.js';
import { meOf } from './sign-in.js';
import { createListThreads, createShowThread, createShowTimeline } from './threads.js';

export type OperatorServices = PeopleServices &
  BotServices &
  OverviewServices & {
    readonly emergencies: Emergencies;
    readonly directory: DirectoryServices;
    readonly reconciler: ReconcilerReports;
  };

export function routesOf(services: OperatorServices, log: Log): readonly Route[] {
  return [
    {
      ...get('/me', 'Who is calling', shapes.me),
      handle: (c) => c.json(meOf(c.get('session') ?? { principal: c.get('principal') })),
    },
    {
      ...get('/threads', 'Threads that run, newest first, a page at a time', shapes.threadList),
      query: listSchema,
      handle: createListThreads(services),
    },
    {
      ...get('/threads/:id', 'One thread, and why it stands as it stands', shapes.thread),
      ...{ query: readingSchema, refuses: [404], handle: createShowThread(services) },
    },
    {
      ...get('/threads/:id/timeline', 'What was said and decided, and why', shapes.timeline),
      ...{ query: readingSchema, refuses: [404], handle: createShowTimeline(services) },
    },
    ...commands(services),
    {
      ...post('/threads/:id/erase', 'Temporal forgets the thread', 'admin'),
      ...{ body: eraseSchema, answers: { 200: shapes.erased }, refuses: [404] },
      handle: createErase(services, log),
    },
    {
      ...post('/people/:person/erase', 'Temporal forgets all threads of a person', 'admin'),
      ...{ body: erasePersonSchema, answers: { 200: shapes.erasedPerson } },
      handle: createErasePerson(services, log),
    },
    ...ofTheInstallation(services),
    ...ofEmergencies(services),
  ];
}

/** Commands to one thread. Illegal in its phase: 409 with the phase. */
function commands(services: OperatorServices): readonly Route[] {
  const one = (path: string, does: string) => ({
    ...post(`/threads/:id/${path}`, does, 'operator'),
    ...{ answers: { 200: shapes.thread }, refuses: [404, 409] },
  });
  const body = commandSchema;
  return [
    {
      ...one('ask-handover', 'Ask for a human'),
      ...{ body, handle: createCommand(services, 'askHandover') },
    },
    {
      ...one('take-over', 'The bot is silent from now on'),
      ...{ body, handle: createCommand(services, 'takeOver') },
    },
    {
      ...one('return-to-bot', 'The bot has the thread again'),
      ...{ body, handle: createCommand(services, 'returnToBot') },
    },
    {
      ...one('close', 'End the conversation'),
      ...{ body, handle: createCommand(services, 'close') },
    },
    {
      ...one('pause-bot', 'The bot is silent for a while; contents wait for it'),
      ...{ body: pauseSchema, handle: createCommand(services, 'pauseBot') },
    },
  ];
}

function ofTheInstallation(services: OperatorServices): readonly Route[] {
  return [
    {
      ...get('/counts', 'How many threads are in which phase', shapes.counts),
      handle: createShowCounts(services),
    },
    {
      ...get('/overview', 'Threads by phase, counters, and their past', shapes.overview),
      handle: createShowOverview(services),
    },
    {
      ...get('/bots', 'The bots, as each worker finds them', shapes.bots),
      handle: createShowBots(services),
    },
    {
      ...get('/sources', 'The sources, and who answers there', shapes.sources),
      handle: createShowSources(services),
    },
    {
      ...get('/reconciler', 'What its last runs found', shapes.reports),
      handle: createShowReconciler(services.reconciler),
    },
    {
      ...get('/directory', 'Who may answer where', shapes.directory),
      handle: createShowDirectory(services.directory),
    },
    {
      ...post('/directory/refresh', 'Have the directory read again', 'operator'),
      ...{ body: refreshSchema, answers: { 202: shapes.directory } },
      handle: createRefreshDirectory(services.directory),
    },
  ];
}

function ofEmergencies(services: OperatorServices): readonly Route[] {
  const body = emergencySchema;
  const answers = { 200: shapes.dryRun, 202: shapes.emergency };
  return [
    {
      ...get('/emergency', 'What is in force, and what was', shapes.emergencies),
      handle: createShow(services),
    },
    {
      ...post('/emergency', 'Every conversation of a scope from the bot to humans', 'operator'),
      ...{ body, answers, handle: createDeclare(services) },
    },
    {
      ...post('/emergency/end', 'And back', 'operator'),
      ...{ body, answers, refuses: [404, 409], handle: createEnd(services) },
    },
  ];
}

function get(path: string, does: string, answer: Route['answers'][number]) {
  return { method: 'get', path, needs: 'viewer', does, answers: { 200: answer } } as const;
}

function post(path: string, does: string, needs: Route['needs']) {
  return { method: 'post', path, needs, does } as const;
}
