/** What the ingress serves at `/console` to everybody: a shell and code, closed to all that is not its own. */
import { describe, expect, it } from 'vitest';
import { createConsole } from '../../../api/console/serve.js';

const app = createConsole();
const get = async (path: string) => app.request(path);

async function assets(): Promise<readonly string[]> {
  const shell = await (await get('/')).text();
  return [...shell.matchAll(/"\/console(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
}

describe('the shell', () => {
  it.each(['/', '/threads/domain:thread', '/emergency', '/nothing/of/the/kind'])(
    'is the same for %s, and is not kept',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toBe(await (await get('/')).text());
    },
  );

  it('allows nothing that is not its own, and no frame around it', async () => {
    const { headers } = await get('/');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
        "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; " +
        "frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('has no inline script or style', async () => {
    const shell = await (await get('/')).text();
    expect(shell).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
  });
});

describe('its assets', () => {
  it('are named by what is in them and kept for ever', async () => {
    const paths = await assets();
    expect(paths).toHaveLength(2);
    for (const path of paths) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('content-type')).toMatch(/^text\/(css|javascript)/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('travel compressed', async () => {
    for (const path of await assets()) {
      const response = await app.request(path, { headers: { 'accept-encoding': 'gzip' } });
      expect(response.headers.get('content-encoding')).toBe('gzip');
    }
  });

  it('of another version are not there, and that is not kept', async () => {
    const response = await get('/assets/000000000000.js');
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('are small: all of it in 150 KB', async () => {
    const sizes = await Promise.all(
      (await assets()).map(async (path) => (await (await get(path)).text()).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  });
});
