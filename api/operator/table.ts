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
import { brokenSchema, createListBroken, createRepair, type BrokenServices } from './broken.js';
import { createDeclare, createEnd, createShow } from './emergency.js';
import { createErase, eraseSchema } from './erase.js';
import { createShowCounts, createShowOverview, type OverviewServices } from './overview.js';
import { createShowReconciler } from './reconciler.js';
import { createErasePerson, erasePersonSchema, type ErasureServices } from './people.js';
import type { Route } from './route.js';
import * as shapes from './schemas.js';
import { emergencySchema } from './scope.js';
import { describeCaller } from './sign-in.js';
import { createListThreads, createShowThread, createShowTimeline } from './threads.js';

export type OperatorServices = ErasureServices &
  BrokenServices &
  BotServices &
  OverviewServices & {
    readonly emergencies: Emergencies;
    readonly directory: DirectoryServices;
    readonly reconciler: ReconcilerReports;
  };

export function createRoutes(services: OperatorServices, log: Log): readonly Route[] {
  return [
    {
      ...get('/me', 'The caller: name, role and permissions', shapes.me),
      handle: (c) => c.json(describeCaller(c.get('session') ?? { principal: c.get('principal') })),
    },
    {
      ...get('/threads', 'Running threads, newest first, in pages', shapes.threadList),
      query: listSchema,
      handle: createListThreads(services),
    },
    {
      ...get('/threads/:id', 'One thread, with the explanation of its state', shapes.thread),
      ...{ query: readingSchema, refuses: [404], handle: createShowThread(services) },
    },
    {
      ...get(
        '/threads/:id/timeline',
        'Timeline of messages and decisions, with reasons',
        shapes.timeline,
      ),
      ...{ query: readingSchema, refuses: [404], handle: createShowTimeline(services) },
    },
    ...commands(services),
    {
      ...post('/threads/:id/erase', 'Erases the thread from Temporal', 'admin'),
      ...{ body: eraseSchema, answers: { 200: shapes.erased }, refuses: [404] },
      handle: createErase(services, log),
    },
    {
      ...post('/people/:person/erase', 'Erases all threads of a person from Temporal', 'admin'),
      ...{ body: erasePersonSchema, answers: { 200: shapes.erasedPerson } },
      handle: createErasePerson(services, log),
    },
    ...ofBrokenThreads(services, log),
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
      ...one('ask-handover', 'Request a handover'),
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
      ...one('answer-again', 'The bot is asked again for what the customer has no answer to'),
      ...{ body, handle: createCommand(services, 'answerAgain') },
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

function ofBrokenThreads(services: OperatorServices, log: Log): readonly Route[] {
  return [
    {
      ...get(
        '/broken',
        'Broken threads, in pages: stuck, or their run was ended',
        shapes.brokenList,
      ),
      ...{ query: brokenSchema, handle: createListBroken(services) },
    },
    {
      ...post('/threads/:id/repair', 'Rebuilds a broken thread', 'operator'),
      ...{ body: commandSchema, answers: { 200: shapes.repaired }, refuses: [404, 409] },
      handle: createRepair(services, log),
    },
  ];
}

function ofTheInstallation(services: OperatorServices): readonly Route[] {
  return [
    {
      ...get('/counts', 'Number of threads by phase', shapes.counts),
      handle: createShowCounts(services),
    },
    {
      ...get('/overview', 'Threads by phase, and counters, as time series', shapes.overview),
      handle: createShowOverview(services),
    },
    {
      ...get('/bots', 'State of the bots, as reported by each worker', shapes.bots),
      handle: createShowBots(services),
    },
    {
      ...get('/sources', 'The sources and their bots', shapes.sources),
      handle: createShowSources(services),
    },
    {
      ...get('/reconciler', 'Reports of the last runs of the reconciler', shapes.reports),
      handle: createShowReconciler(services.reconciler),
    },
    {
      ...get('/directory', 'Agents who may reply, by source', shapes.directory),
      handle: createShowDirectory(services.directory),
    },
    {
      ...post('/directory/refresh', 'Start a new read of the agent directory', 'operator'),
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
      ...get('/emergency', 'Active and past emergencies', shapes.emergencies),
      handle: createShow(services),
    },
    {
      ...post('/emergency', 'Hand over all conversations of a scope to agents', 'operator'),
      ...{ body, answers, handle: createDeclare(services) },
    },
    {
      ...post(
        '/emergency/end',
        'End the emergency and return its conversations to the bot',
        'operator',
      ),
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
