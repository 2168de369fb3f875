/**
 * The manifests of `deploy/kubernetes`: Kubernetes' own schemas take them, they run what
 * docker-compose.yml runs as strictly, and what they set is what docs/operations/settings.md lists.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseDuration } from '../../settings/duration.js';
import { readApiEnvironment, readWorkerEnvironment } from '../../settings/environment.js';
import { read, root } from '../harness/source-files.js';

const folder = 'deploy/kubernetes';
const kinds = [
  ...[ConfigMap, Deployment, HorizontalPodAutoscaler, Job, NetworkPolicy],
  ...[PodDisruptionBudget, Service],
];

type Variable = {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef: { readonly key: string; readonly optional?: true };
  };
};
type Probe = { readonly httpGet: { readonly path: string; readonly port: string } };
type Container = {
  readonly image: string;
  readonly args: readonly string[];
  readonly env?: readonly Variable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: object;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
};
type Pod = {
  readonly securityContext: object;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly [Container];
};
type Labels = Readonly<Record<string, string>>;
type Template = { readonly metadata: { readonly labels: Labels }; readonly spec: Pod };
type Selector = { readonly matchLabels: Labels };
type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Record<string, string>;
  readonly spec: {
    readonly template: Template;
    readonly selector: Selector | Labels | undefined;
    readonly podSelector: Selector | undefined;
    readonly scaleTargetRef: { readonly name: string };
    readonly ports: readonly { readonly targetPort: string }[];
  };
};

const manifests = readdirSync(join(root, folder))
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parseAllDocuments(read(`${folder}/${name}`)))
  .map((document) => document.toJS() as Manifest);
const ofKind = (kind: string) => manifests.filter((one) => one.kind === kind);
const named = (one: Manifest) => `${one.kind} ${one.metadata.name}`;

/** What Kubernetes' schemas have against it; a field they never look at, they do not know. */
function flawOf(manifest: Manifest): unknown {
  const Model = kinds.find((kind) => is(kind, manifest));
  if (!Model) return `no schema for ${named(manifest)}`;
  const seen = new Set<string>();
  try {
    // Called on the manifest itself: a model is a copy, made by looking at everything.
    const { validate } = Model.prototype as { validate: (this: unknown) => void };
    validate.call(watched(manifest, '', seen));
  } catch (error) {
    return error;
  }
  const unknown = pathsIn(manifest, '').filter((path) => !seen.has(path));
  return unknown.length > 0 ? `unknown: ${unknown.join(', ')}` : undefined;
}

/** Notes every field that is looked at. */
function watched<T>(value: T, at: string, seen: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy<T & object>(value, {
    get(target, key, receiver): unknown {
      const path = `${at}/${String(key)}`;
      seen.add(path);
      return watched(Reflect.get(target, key, receiver), path, seen);
    },
  });
}

function pathsIn(value: unknown, at: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const path = `${at}/${key}`;
    return [path, ...pathsIn(one, path)];
  });
}

function is(kind: (typeof kinds)[number], { apiVersion, kind: name }: Manifest): boolean {
  return kind.kind === name && kind.apiVersion === apiVersion;
}

const byRole = { api: 'ingress', worker: 'worker' } as const;
type Role = keyof typeof byRole;
const roles = Object.keys(byRole) as Role[];

function podOf(role: Role | 'register'): Pod {
  const name = `baton-${role}`;
  const found = manifests.find(
    ({ kind, metadata }) => ['Deployment', 'Job'].includes(kind) && metadata.name === name,
  );
  if (!found) throw new Error(`there is no ${name}`);
  return found.spec.template.spec;
}

const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<
    string,
    { image: string; command: readonly string[]; stop_grace_period?: string }
  >;
};

describe('the schemas', () => {
  it.each(manifests.map((one) => [named(one), one] as const))('take %s', (_, manifest) => {
    expect(flawOf(manifest)).toBeUndefined();
  });

  it.each([
    ['a number for a name', (one: Manifest) => ({ ...one, metadata: { name: 7 } })],
    ['nothing to choose pods by', (one: Manifest) => ({ ...one, spec: {} })],
    ['a field that does not exist', (one: Manifest) => withField(one, 'livenesProbe')],
    ['another kind', (one: Manifest) => ({ ...one, kind: 'Deploiment' })],
  ])('refuse %s', (_, spoil) => {
    const [deployment] = ofKind('Deployment');
    expect(flawOf(spoil(deployment!) as Manifest)).toBeDefined();
  });
});

function withField(manifest: Manifest, name: string): unknown {
  const copy = structuredClone(manifest);
  Object.assign(copy.spec.template.spec.containers[0], { [name]: {} });
  return copy;
}

describe('the roles', () => {
  it.each([...roles, 'register'] as const)('%s runs as in docker-compose.yml', (role) => {
    const { containers, securityContext, automountServiceAccountToken } = podOf(role);
    const [container] = containers;
    const service = services[role]!;
    expect(container.image).toBe(service.image);
    expect(container.args).toEqual(service.command);
    expect(securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(automountServiceAccountToken).toBe(false);
  });

  it.each(roles)('%s has as long to end as it needs', (role) => {
    const needed = (parseDuration(services[role]!.stop_grace_period!) ?? NaN) / 1_000;
    expect(podOf(role).terminationGracePeriodSeconds).toBeGreaterThanOrEqual(needed);
  });

  it.each(roles)('%s is asked for its health where it answers', (role) => {
    const [{ livenessProbe, readinessProbe, ports = [] }] = podOf(role).containers;
    const [port] = ports;
    expect(livenessProbe?.httpGet).toEqual({ path: '/healthz', port: port?.name });
    const ready = role === 'api' ? '/readyz' : '/healthz';
    expect(readinessProbe?.httpGet).toEqual({ path: ready, port: port?.name });
  });

  it('are chosen by labels that they have, and only they', () => {
    for (const role of roles) {
      const chosenBy = manifests.flatMap(({ metadata, spec }) =>
        metadata.name === `baton-${role}` ? [spec.selector, spec.podSelector] : [],
      );
      const labels = { 'app.kubernetes.io/name': 'baton', 'app.kubernetes.io/component': role };
      const selectors = chosenBy.filter((one) => one !== undefined);
      expect(selectors.length).toBe(4);
      for (const one of selectors) {
        expect('matchLabels' in one ? one.matchLabels : one).toEqual(labels);
      }
    }
    const scaled = ofKind('HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name);
    expect(scaled.sort()).toEqual(['baton-api', 'baton-worker']);
  });
});

describe('the variables', () => {
  const rows = [
    ...read('docs/operations/settings.md').matchAll(/^\| `((?:BATON|ENGAGE)_\w+)` \| ([^|]+) \|/gm),
  ];
  const [config] = ofKind('ConfigMap');
  const variablesOf = (role: Role) => podOf(role).containers[0].env ?? [];

  it.each(roles)('of %s are those that docs/operations/settings.md lists for it', (role) => {
    const listed = rows.filter(([, , of = '']) => of.includes(byRole[role]));
    const names = listed.map(([, name]) => name);
    for (const { name } of variablesOf(role)) expect(names).toContain(name);
  });

  it('for both are known, too', () => {
    const names = rows.map(([, name = '']) => name);
    const known = [...names, 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];
    for (const name of Object.keys(config?.data ?? {})) expect(known).toContain(name);
  });

  it.each([
    ['api', readApiEnvironment],
    ['worker', readWorkerEnvironment],
  ] as const)('of %s are enough to start with, and no secret is written down', (role, parsed) => {
    const given = variablesOf(role).map(({ name, value, valueFrom }) => {
      const { key, optional = false } = valueFrom?.secretKeyRef ?? {};
      if (key !== undefined) expect(key).toBe(name);
      else expect(name).not.toMatch(/SECRET|TOKEN|PASSWORD/);
      return [name, value ?? (optional ? '' : 'canary-of-a-secret')] as const;
    });
    expect(() => parsed({ ...config?.data, ...Object.fromEntries(given) })).not.toThrow();
  });
});
