/**
 * Security headers of every answer of the ingress, refusals of the HTTP server included: no scripts, no
 * frames, no content sniffing, no referrer. A header that a route sets itself takes precedence, as for the
 * console's content security policy.
 */
export type HeadersOptions = {
  /** Clients reach the ingress by HTTPS: sends `Strict-Transport-Security`. */
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

/** Two years, as the browsers' preload lists require. */
const httpsOnly = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' };

export function strictHeaders({ isHttps }: HeadersOptions): Readonly<Record<string, string>> {
  return isHttps ? { ...always, ...httpsOnly } : always;
}
