/**
 * The image without Docker: a folder with what the Dockerfile copies, the packages it installs, and
 * what it builds, and the roles in it, started by the commands of docker-compose.yml.
 */
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { runTool } from '../../local/setup/command.js';
import { Program } from '../harness/program.js';
import { read, root, sourceTree } from '../harness/source-files.js';
import { imageEntrypoint, imageEnvironment, reachesImage } from './dockerfile.js';

type Environment = Readonly<Record<string, string>>;
type Service = {
  readonly command: readonly string[];
  readonly environment: Environment;
  readonly healthcheck: { readonly test: readonly string[] };
};

const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
};

export class Image {
  readonly folder: string;
  readonly #running: Program[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** What `COPY . .` and `npm ci --omit=dev` put there. */
  static copied(): Promise<Image> {
    return Image.#copied(filesOfImage());
  }

  /** A developer's copy, with the simulator, which no image holds. */
  static checkedOut(): Promise<Image> {
    return Image.#copied(sourceTree().filter((path) => !/^(test|docs)\//.test(path)));
  }

  static async #copied(paths: readonly string[]): Promise<Image> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-image-'));
    for (const path of paths) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await cp(join(root, path), join(folder, path));
    }
    for (const path of runtimePackages()) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await symlink(join(root, path), join(folder, path));
    }
    return new Image(folder);
  }

  /** The same, after `npm run build`. */
  static async built(): Promise<Image> {
    const image = await Image.copied();
    await runTool('npm', ['run', 'build'], { cwd: image.folder });
    return image;
  }

  /** A service with the command and the variables that docker-compose.yml gives it. */
  start(name: string, given: Environment): Program {
    const { command } = service(name);
    return this.run([...imageEntrypoint(), ...command], environmentOf(name, given));
  }

  /** As an orchestrator does: only with the environment that is given. */
  run([command = '', ...args]: readonly string[], given: Environment): Program {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.folder, ...given };
    const started = new Program({ name: command, command, args, cwd: this.folder, env });
    started.launch();
    this.#running.push(started);
    return started;
  }

  /** The health check of docker-compose.yml, of a process whose port is another one here. */
  async isHealthy(name: string, port: number): Promise<boolean> {
    const [, ...command] = service(name).healthcheck.test.map((part) =>
      part.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`),
    );
    return (await this.run(command, {}).ended) === 0;
  }

  /** Everything in it, without its packages. */
  async files(): Promise<readonly string[]> {
    const found = await readdir(this.folder, { recursive: true });
    return found.filter((path) => !path.startsWith('node_modules')).sort();
  }

  async remove(): Promise<void> {
    for (const started of this.#running) await started.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What `COPY . .` copies, by path from the root. */
export function filesOfImage(): readonly string[] {
  return sourceTree().filter(reachesImage);
}

function service(name: string): Service {
  const found = services[name];
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
}

/** What the image and the compose file say; what they leave to their environment is `given`. */
function environmentOf(name: string, given: Environment): Environment {
  const said = { ...imageEnvironment(), ...service(name).environment };
  const filled = Object.entries(said).map(([variable, value]): [string, string] => {
    const [, from = '', otherwise] = /^\$\{(\w+)(:[-?].*)?\}$/.exec(value) ?? [];
    if (variable in given || from === '') return [variable, given[variable] ?? value];
    if (otherwise?.startsWith(':-')) return [variable, otherwise.slice(2)];
    throw new Error(`${name} needs ${from}`);
  });
  const unknown = Object.keys(given).filter((variable) => !(variable in said));
  const ports = unknown.filter((variable) => variable === 'BATON_API_PORT');
  if (ports.length < unknown.length) throw new Error(`${name} is not told ${unknown.join(', ')}`);
  return Object.fromEntries([...filled, ...ports.map((port) => [port, given[port]!] as const)]);
}

/** Top-level packages that are there without the development's. */
function runtimePackages(): readonly string[] {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, optional }]) => path !== '' && dev !== true && optional !== true)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf('node_modules/') === 0);
}
