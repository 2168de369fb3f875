/** The command line's client of the operator API. Refusals become readable messages. */
import { readFileSync } from 'node:fs';
import type { Failure, Me } from '../api/operator/answers.js';
import { developmentSecretsPath } from '../settings/development.js';
import { isOnThisMachine } from '../settings/secure-url.js';
import { CliError } from './cli-error.js';
import { readOperatorName } from './who.js';

type Environment = Readonly<Record<string, string | undefined>>;

export class Ingress {
  readonly #url: string;
  readonly #token: string;
  readonly #environment: Environment;

  constructor(environment: Environment = process.env) {
    this.#environment = environment;
    const port = environment['BATON_API_PORT'] ?? '8080';
    this.#url = environment['BATON_URL'] ?? `http://127.0.0.1:${port}`;
    if (!URL.canParse(this.#url)) throw new CliError('BATON_URL: expected a URL');
    this.#token = environment['BATON_TOKEN'] ?? developmentToken(environment, this.#url);
  }

  async get<T>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<T> {
    const given = Object.entries(query).filter((one): one is [string, string] => Boolean(one[1]));
    const search = new URLSearchParams(given).toString();
    return this.#send<T>('GET', search === '' ? path : `${path}?${search}`);
  }

  /** Adds the author's name if the token does not imply it. */
  async post<T>(path: string, body: object, headers: Readonly<Record<string, string>> = {}) {
    const { isShared } = await this.get<Me>('/operator/me');
    const signed = isShared ? { ...body, by: readOperatorName(this.#environment) } : body;
    return this.#send<T>('POST', path, signed, headers);
  }

  async #send<T>(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      signal: AbortSignal.timeout(20_000),
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : 'no answer';
      const hint = 'is it running? BATON_URL must be its address';
      throw new CliError(`the ingress at ${this.#url} does not answer (${why}): ${hint}`);
    });
    const answer = (await response.json().catch(() => ({}))) as T & Partial<Failure>;
    if (response.ok) return answer;
    throw new CliError(answer.message ?? `status ${response.status}`);
  }
}

/** Sent to this machine only. */
function developmentToken(environment: Environment, url: string): string {
  if (!isOnThisMachine(url)) {
    throw new CliError(`BATON_TOKEN is not set, and ${url} is not this machine`);
  }
  if (environment['BATON_OPERATOR_TOKEN']) return environment['BATON_OPERATOR_TOKEN'];
  try {
    const text = readFileSync(developmentSecretsPath, 'utf8');
    return (JSON.parse(text) as { BATON_OPERATOR_TOKEN: string }).BATON_OPERATOR_TOKEN;
  } catch {
    throw new CliError('BATON_TOKEN is not set, and there is no token of npm start here');
  }
}
