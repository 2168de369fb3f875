/**
 * Secrets for a machine on which nobody set any: random, made once, kept in `.baton/` (git-ignored,
 * readable by this user only), shared by all roles started here. Never used with a real platform.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type DevelopmentSecrets = {
  readonly ENGAGE_TOKEN: string;
  readonly BATON_WEBHOOK_SECRET: string;
  readonly BATON_WEBHOOK_VERIFY_TOKEN: string;
};

export const developmentSecretsPath = '.baton/development-secrets.json';

export function developmentSecrets(path = developmentSecretsPath): DevelopmentSecrets {
  return read(path) ?? create(path);
}

function read(path: string): DevelopmentSecrets | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DevelopmentSecrets;
  } catch {
    return undefined;
  }
}

/** Roles may start at the same moment: the first to link its file wins, the others read it. */
function create(path: string): DevelopmentSecrets {
  const secret = () => randomBytes(24).toString('base64url');
  const secrets: DevelopmentSecrets = {
    ENGAGE_TOKEN: secret(),
    BATON_WEBHOOK_SECRET: secret(),
    BATON_WEBHOOK_VERIFY_TOKEN: secret(),
  };
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(mine, path);
  } catch {
    return read(path) ?? secrets;
  } finally {
    unlinkSync(mine);
  }
  return secrets;
}
