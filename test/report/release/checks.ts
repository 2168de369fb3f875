/** What must be so before a release, over the texts of the files that say it. Pure. */
export type ReleaseFiles = {
  readonly changelog: string;
  /** What starts the image, by its path. */
  readonly deployed: Readonly<Record<string, string>>;
  readonly lockfile: string;
};

/** Whatever starts the image names its version. */
export const deployments = [
  'docker-compose.yml',
  ...['api', 'worker', 'register'].map((name) => `deploy/kubernetes/${name}.yaml`),
];

type Lockfile = {
  readonly version: string;
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
};

/** The lockfile and the image have the version of package.json. */
export function versionProblems(
  version: string,
  { lockfile, deployed }: Pick<ReleaseFiles, 'lockfile' | 'deployed'>,
): readonly string[] {
  const locked = JSON.parse(lockfile) as Lockfile;
  const versions: readonly (readonly [string, string | undefined])[] = [
    ['package-lock.json', locked.version],
    ['package-lock.json, its own package', locked.packages['']?.version],
    ...Object.entries(deployed).map(
      ([path, text]) => [path, /image: baton:(\S+)/.exec(text)?.[1]] as const,
    ),
  ];
  return versions
    .filter(([, other]) => other !== version)
    .map(([where, other]) => `${where} has ${other ?? 'none'}, package.json ${version}`);
}

type Entry = { readonly version: string; readonly date: string | undefined };

/** Newest first, as the changelog has them. */
export function releasesIn(changelog: string): readonly Entry[] {
  const headings = changelog.matchAll(/^## (\d+\.\d+\.\d+)(?: \((\d{4}-\d\d-\d\d)\))?/gm);
  return [...headings].map(([, version = '', date]) => ({ version, date }));
}

/** The newest entry is this version's, dated, and says something; older ones are dated. */
export function changelogProblems(version: string, changelog: string): readonly string[] {
  const [newest, ...older] = releasesIn(changelog);
  if (newest?.version !== version) {
    return [`its newest entry is ${newest?.version ?? 'none'}, not ${version}`];
  }
  const undated = [newest, ...older].filter(({ date }) => date === undefined);
  const words = new RegExp(`^## ${version.replaceAll('.', '\\.')}.*\\n+(?!##)\\S`, 'm');
  return [
    ...undated.map((entry) => `${entry.version} has no date: ## ${entry.version} (2026-01-31)`),
    ...(words.test(changelog) ? [] : [`its entry of ${version} says nothing`]),
  ];
}

/**
 * Each release before this one has kept its histories in a folder of its version; those beside the
 * folders are recorded since.
 */
export function historyProblems(
  version: string,
  { changelog }: Pick<ReleaseFiles, 'changelog'>,
  paths: readonly string[],
): readonly string[] {
  const recorded = paths.filter((path) => path.endsWith('.json.gz'));
  if (recorded.length === 0) return ['there are none'];
  const before = releasesIn(changelog).filter((entry) => entry.version !== version);
  return before
    .filter((entry) => !recorded.some((path) => path.startsWith(`${entry.version}/`)))
    .map((entry) => `test/histories/${entry.version}/ has none`);
}
