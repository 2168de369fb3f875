/**
 * Checks that every port of `npm start` is free before anything starts; the error names the variable of a
 * port in use.
 */
import { createServer } from 'node:net';
import { portTaken } from '../../runtime/listen.js';
import { SettingsError } from '../../settings/settings-error.js';

export async function checkPorts(ports: Readonly<Record<string, number>>): Promise<void> {
  const names = Object.keys(ports);
  const taken = await Promise.all(names.map((name) => isTaken(ports[name] ?? 0)));
  const wrong = names.filter((name, index) => taken[index] === true || isDouble(ports, name));
  if (wrong.length === 0) return;
  const problem = (name: string) => portTaken(ports[name] ?? 0, name);
  throw new SettingsError(wrong.map((name) => ({ setting: name, problem: problem(name) })));
}

function isDouble(ports: Readonly<Record<string, number>>, name: string): boolean {
  return Object.entries(ports).some(([other, port]) => other !== name && port === ports[name]);
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
