/**
 * Secrets for development: random, created once, kept in `.baton/` (git-ignored, readable by this user
 * only), and shared by all roles started here. Never used with a real platform.
 */
import { createHash, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type DevelopmentSecrets = {
  readonly ENGAGE_TOKEN: string;
  readonly BATON_WEBHOOK_SECRET: string;
  readonly BATON_WEBHOOK_VERIFY_TOKEN: string;
  readonly BATON_OPERATOR_TOKEN: string;
};

export const developmentSecretsPath = '.baton/development-secrets.json';

export function developmentSecrets(path = developmentSecretsPath): DevelopmentSecrets {
  return read(path) ?? create(path);
}

function read(path: string): DevelopmentSecrets | undefined {
  try {
    const known = JSON.parse(readFileSync(path, 'utf8')) as DevelopmentSecrets;
    return 'BATON_OPERATOR_TOKEN' in known ? known : complete(known, path);
  } catch {
    return undefined;
  }
}

/**
 * Completes a file of an earlier version: missing secrets are derived from existing ones, so that every
 * process derives the same.
 */
function complete(known: Omit<DevelopmentSecrets, 'BATON_OPERATOR_TOKEN'>, path: string) {
  const seed = `operator of ${known.ENGAGE_TOKEN}`;
  const token = createHash('sha256').update(seed).digest('base64url');
  const secrets: DevelopmentSecrets = { ...known, BATON_OPERATOR_TOKEN: token };
  renameSync(write(secrets, path), path);
  return secrets;
}

/** Roles may start at the same moment: the first to link its file wins, the others read it. */
function create(path: string): DevelopmentSecrets {
  const secret = () => randomBytes(24).toString('base64url');
  const secrets: DevelopmentSecrets = {
    ENGAGE_TOKEN: secret(),
    BATON_WEBHOOK_SECRET: secret(),
    BATON_WEBHOOK_VERIFY_TOKEN: secret(),
    BATON_OPERATOR_TOKEN: secret(),
  };
  mkdirSync(dirname(path), { recursive: true });
  const mine = write(secrets, path);
  try {
    linkSync(mine, path);
  } catch {
    return read(path) ?? secrets;
  } finally {
    unlinkSync(mine);
  }
  return secrets;
}

/** @returns this process's temporary file, next to the final one */
function write(secrets: DevelopmentSecrets, path: string): string {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  return mine;
}
