/**
 * Schemas of the environment variables: addresses, ports, secrets. The only module that reads them.
 *
 * Each role reads only what it needs: the ingress never has the Engage token, the worker never the
 * webhook's secrets. Without `ENGAGE_URL` the platform is the simulator on this machine, and missing
 * secrets are generated and kept in `.baton/` (`development.ts`).
 */
import { z } from 'zod';
import { developmentSecrets, type DevelopmentSecrets } from './development.js';
import { secureUrl } from './secure-url.js';
import { SettingsError, wrongSettings } from './settings-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const anyPort = z
  .string()
  .regex(/^\d+$/, 'expected a port number')
  .transform(Number)
  .refine((value) => value > 0 && value < 65_536, 'expected a port from 1 to 65535');
const port = (fallback: number) => anyPort.prefault(String(fallback));
const simulatorPort = port(8090);
const optionalPort = anyPort.optional();

/** HTTP field values are ASCII; the platform allows fewer than 256 characters. */
const secret = z
  .string({ error: 'is not set' })
  .min(8, 'expected at least 8 characters')
  .max(255, 'expected less than 256 characters')
  .regex(/^[\x21-\x7e]+$/, 'expected printable ASCII without spaces');

/** Facebook's page tokens are longer than other secrets. */
const messengerToken = z
  .string()
  .min(8, 'expected at least 8 characters')
  .max(1_024, 'expected at most 1024 characters')
  .regex(/^[\x21-\x7e]+$/, 'expected printable ASCII without spaces');

/** Facebook's Graph API; another address is for tests only. */
const messengerUrl = z.url({ protocol: /^https?$/ }).default('https://graph.facebook.com/v23.0');

/** Whoever has it can take every conversation from the bot. */
const operatorToken = secret.min(16, 'expected at least 16 characters');

const engageUrl = secureUrl({
  expected: 'a URL such as https://account.api.digital.ringcentral.com',
  travels: 'the token',
});

const common = {
  BATON_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  BATON_CONFIG: z.string().min(1).default('baton.config.ts'),
  BATON_TEMPORAL_PORT: port(7233),
  /** The master keys, newest first, and the store of data keys: parsed in `encryption.ts`. */
  BATON_ENCRYPTION_KEYS: z.string().optional(),
  BATON_KEY_STORE: z.string().optional(),
};

/** Required by sources that use the Source SDK: the channel's token, and the secret of the bot's side. */
const sourceSdkSecrets = {
  BATON_SOURCE_SDK_SECRET: secret.min(16, 'expected at least 16 characters').optional(),
  BATON_SOURCE_SDK_BOT_SECRET: secret.min(16, 'expected at least 16 characters').optional(),
};

/** Signs the URLs of late answers: the worker creates them, the ingress verifies them. */
const answerSecret = {
  BATON_ANSWER_SECRET: secret.min(16, 'expected at least 16 characters').optional(),
};

/** Whoever reads the URL of a late answer can give that answer. */
const publicUrl = secureUrl({
  expected: 'a URL such as https://baton.example.com',
  travels: 'answers',
});

/** Single sign-on with OpenID Connect: all of the first three variables, or none. */
const oidc = {
  BATON_OIDC_ISSUER: publicUrl.optional(),
  BATON_OIDC_CLIENT_ID: z.string().min(1).optional(),
  BATON_OIDC_CLIENT_SECRET: z.string().min(8, 'expected at least 8 characters').optional(),
  BATON_OIDC_CLAIM: z.string().min(1).default('email'),
};
/** Where the ingress reads the workers' health: their `BATON_WORKER_HEALTH_PORT`s. */
const workersUrl = z
  .string()
  .refine(
    (list) => list.split(',').every((one) => /^https?:/.test(one.trim()) && URL.canParse(one)),
    'expected URLs such as http://127.0.0.1:9465, separated by commas',
  )
  .optional();
/** Temporal joins deployment name and build id by a colon, earlier versions by a dot. */
const deploymentName = z
  .string()
  .regex(/^[A-Za-z\d][\w-]{0,99}$/, 'expected letters, digits, - and _, at most 100');
export const buildId = z
  .string()
  .regex(/^[A-Za-z\d][\w.-]{0,99}$/, 'expected letters, digits, -, _ and ., at most 100');

/** Requests to it carry the operator's token. */
const operatorUrl = secureUrl({
  expected: 'a URL such as http://127.0.0.1:8080',
  travels: 'the token',
});

/** Worker versioning for rollouts (Temporal's Worker Deployments): both variables, or none. */
const deployment = {
  BATON_DEPLOYMENT_NAME: deploymentName.optional(),
  BATON_BUILD_ID: buildId.optional(),
};

const portsSchema = z.object({
  BATON_API_HOST: z.string().min(1).default('127.0.0.1'),
  BATON_API_PORT: port(8080),
  BATON_SIMULATOR_PORT: simulatorPort,
  BATON_TEMPORAL_PORT: port(7233),
  BATON_TEMPORAL_UI_PORT: port(8233),
  BATON_WORKER_HEALTH_PORT: port(9465),
  ENGAGE_URL: engageUrl.optional(),
});

const apiSchema = z.object({
  ...common,
  BATON_API_HOST: z.string().min(1).default('127.0.0.1'),
  BATON_API_PORT: port(8080),
  BATON_WEBHOOK_SECRET: secret,
  BATON_WEBHOOK_SECRET_PREVIOUS: secret.optional(),
  BATON_WEBHOOK_VERIFY_TOKEN: secret,
  /** Unset: the operator's routes are disabled. */
  BATON_OPERATOR_TOKEN: operatorToken.optional(),
  /** Signs console sessions; unset: sessions end with the process. */
  BATON_SESSION_SECRET: secret.min(16, 'expected at least 16 characters').optional(),
  /** Public URL of the console. */
  BATON_CONSOLE_URL: publicUrl.optional(),
  BATON_TEMPORAL_UI_URL: z.url({ protocol: /^https?$/ }).optional(),
  ...oidc,
  BATON_WORKERS_URL: workersUrl,
  /** Facebook's app secret, and the verify token of its webhook; required by sources with Messenger. */
  BATON_MESSENGER_APP_SECRET: secret.optional(),
  BATON_MESSENGER_VERIFY_TOKEN: secret.optional(),
  ...sourceSdkSecrets,
  BATON_SOURCE_SDK_SECRET_PREVIOUS: secret.min(16, 'expected at least 16 characters').optional(),
  ...answerSecret,
  BATON_ANSWER_SECRET_PREVIOUS: secret.min(16, 'expected at least 16 characters').optional(),
  /** Required for `/metrics`; unset: `/metrics` needs no token. */
  BATON_METRICS_TOKEN: secret.min(16, 'expected at least 16 characters').optional(),
  /** Number of own proxies in front of the ingress that append to `X-Forwarded-For`. */
  BATON_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
});

const workerSchema = z.object({
  ...common,
  /** Port of the platform when `ENGAGE_URL` is not set. */
  BATON_SIMULATOR_PORT: simulatorPort,
  ENGAGE_URL: engageUrl,
  ENGAGE_TOKEN: secret,
  BATON_API_HOST: z.string().min(1).default('127.0.0.1'),
  BATON_WORKER_HEALTH_PORT: optionalPort,
  BATON_WORKFLOW_BUNDLE: z.string().min(1).optional(),
  /** Cores that a worker may use; unset: all of the machine. */
  BATON_WORKER_CORES: z.coerce.number().positive().max(1_024).optional(),
  /** URL to which the platform should deliver; the reconciler checks the webhook with it. */
  BATON_WEBHOOK_URL: z.url().optional(),
  ...sourceSdkSecrets,
  /** Public URL of the ingress for bots; unset: bots cannot answer late. */
  BATON_PUBLIC_URL: publicUrl.optional(),
  ...answerSecret,
  /** Signs alerts; required if `baton.config.ts` has alerts. */
  BATON_ALERT_SECRET: secret.min(16, 'expected at least 16 characters').optional(),
  /** Access token of our app for the Facebook page; required by sources with Messenger. */
  BATON_MESSENGER_TOKEN: messengerToken.optional(),
  BATON_MESSENGER_URL: messengerUrl,
  ...deployment,
  ENGAGE_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(500),
});

const simulatorSchema = z.object({
  BATON_API_PORT: port(8080),
  BATON_SIMULATOR_PORT: simulatorPort,
  BATON_SIMULATOR_STATE: z.string().min(1).default('.baton/simulator.json'),
  BATON_SIMULATOR_TIME_SCALE: z.coerce.number().positive().default(1),
  ENGAGE_TOKEN: secret,
  BATON_WEBHOOK_URL: z.url().optional(),
  BATON_WEBHOOK_SECRET: secret,
  BATON_WEBHOOK_VERIFY_TOKEN: secret,
  /** Where the simulator's page reads a thread's state from Baton; default: the ingress on this machine. */
  BATON_OPERATOR_URL: operatorUrl.optional(),
  BATON_OPERATOR_TOKEN: operatorToken.optional(),
});

const rolloutSchema = z.object({
  BATON_TEMPORAL_PORT: port(7233),
  BATON_DEPLOYMENT_NAME: z.string({ error: 'is not set' }).pipe(deploymentName),
});

export type Ports = z.output<typeof portsSchema>;
export type ApiEnvironment = z.output<typeof apiSchema>;
export type WorkerEnvironment = z.output<typeof workerSchema>;
export type SimulatorEnvironment = z.output<typeof simulatorSchema>;

export function readPorts(env: Environment): Ports {
  return parse(portsSchema, env);
}

export function readApiEnvironment(env: Environment): ApiEnvironment {
  const environment = parse(apiSchema, withDevelopment(env, apiSchema));
  const missing = missingForSignIn(environment);
  if (missing.length === 0) return environment;
  const problem = 'is not set, and signing in with a provider needs it';
  throw new SettingsError(missing.map((setting) => ({ setting, problem })));
}

const forSignIn = [
  ...(['BATON_OIDC_ISSUER', 'BATON_OIDC_CLIENT_ID', 'BATON_OIDC_CLIENT_SECRET'] as const),
  'BATON_CONSOLE_URL' as const,
];

/** The console's URL is useful without an identity provider; a provider requires all of these. */
function missingForSignIn(environment: ApiEnvironment): readonly string[] {
  const isWanted = forSignIn.slice(0, 3).some((name) => environment[name] !== undefined);
  return isWanted ? forSignIn.filter((name) => environment[name] === undefined) : [];
}

export function readWorkerEnvironment(env: Environment): WorkerEnvironment {
  const environment = parse(workerSchema, withDevelopment(env, workerSchema));
  const names = ['BATON_DEPLOYMENT_NAME', 'BATON_BUILD_ID'] as const;
  const missing = names.filter((name) => environment[name] === undefined);
  if (missing.length !== 1) return environment;
  const problem = 'is not set, and the other of the two is';
  throw new SettingsError(missing.map((setting) => ({ setting, problem })));
}

/** The rollout command needs the workers' deployment name. */
export function readRolloutEnvironment(env: Environment): z.output<typeof rolloutSchema> {
  return parse(rolloutSchema, env);
}

/** The simulator always has development secrets as defaults. */
export function readSimulatorEnvironment(env: Environment): SimulatorEnvironment {
  return parse(simulatorSchema, { ...developmentSecrets(), ...present(env) });
}

/** True when Baton connects to the real platform. */
export function hasRealPlatform(env: Environment): boolean {
  return present(env)['ENGAGE_URL'] !== undefined;
}

function withDevelopment(env: Environment, { shape }: z.ZodObject): Environment {
  const given = present(env);
  if (hasRealPlatform(given)) return given;
  // An invalid port is reported by the schema, with all other errors.
  const { data = 8090 } = simulatorPort.safeParse(given['BATON_SIMULATOR_PORT']);
  const simulated = { ENGAGE_URL: `http://127.0.0.1:${data}` };
  const wanted = (name: string) => Object.hasOwn(shape, name);
  const secrets = Object.entries({
    ...simulated,
    ...developmentSecrets(),
  } satisfies DevelopmentSecrets);
  return { ...Object.fromEntries(secrets.filter(([name]) => wanted(name))), ...given };
}

/** An empty variable counts as unset. */
function present(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function parse<T extends z.ZodType>(schema: T, env: Environment): z.output<T> {
  const parsed = schema.safeParse(present(env));
  if (parsed.success) return parsed.data;
  throw new SettingsError(wrongSettings(parsed.error));
}
