/**
 * What every answer of the ingress carries, refusals of the server itself included: a browser that gets it
 * runs nothing, frames nothing, guesses nothing and tells nobody where it came from. What a route sets
 * itself, as the console's pages do with their own policy, counts instead.
 */
export type HeadersOptions = {
  /** People and the platform reach it by https: from then on, only so. */
  readonly isHttps: boolean;
};

const always = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Two years, as browsers' own lists ask for. */
const httpsOnly = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' };

export function strictHeaders({ isHttps }: HeadersOptions): Readonly<Record<string, string>> {
  return isHttps ? { ...always, ...httpsOnly } : always;
}
