/** A shop's page with the platform's chat and Baton's script, as an integrator would embed them. */
export function demoPage(scriptUrl: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A shop with a web chat around the clock</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
  .dimelo-chat-window { position: fixed; right: 1rem; bottom: 1rem; width: 20rem; padding: .75rem;
    background: #fff; color: #111; border: 1px solid #8888; border-radius: .75rem }
  .dimelo-chat-window ol { list-style: none; margin: 0 0 .5rem; padding: 0; max-height: 16rem;
    overflow-y: auto }
  .dimelo-chat-window .customer { text-align: right; color: #555 }
  .dimelo-chat-window form { display: flex; gap: .5rem }
  .dimelo-chat-window textarea { flex: 1; font: inherit; height: 2.5rem }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } a { color: #8bf } }
</style>
<h1>A shop</h1>
<p>The platform's own trigger opens the chat only if an agent is available
(<a href="/agents">who is</a>). Baton's script opens it around the clock, or within the hours you
set as <code>webChat</code> in <code>baton.config.ts</code>.</p>
<script src="${scriptUrl}" async></script>
<script src="/demo/web-chat/loader.js" defer></script>
</html>
`;
}
