/** The page at the simulator's root: what this is, and how to knock at each door. */
export const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Simulated Engage Digital</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
  pre { background: #8881; padding: .75rem; border-radius: .5rem; overflow-x: auto }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } a { color: #8bf } }
</style>
<h1>Simulated Engage Digital</h1>
<p>The platform as a bot sees it: REST under <code>/1.0</code>, webhooks, three agents, two sources
(<code>chat</code> and <code>messages</code>). Doors for whoever plays the people:</p>
<pre>
POST /cast/customer  {"source":"chat","identity":"ana","body":"hello"}
POST /cast/agent     {"thread":"…","agent":"agent-1","do":"reply","body":"Good morning."}
                     do: reply, engage, defer, close, recategorize, initiate; "native": true
POST /cast/identity  {"identity":"ana","do":"merge","into":"ana-2"}      do: keep, merge, unmerge
POST /cast/rule      {"name":"emergency","on":true}
PUT  /faults         {"duplicate":0.2,"lost-answer":{"on":"POST /contents","times":1}}   {} clears
PUT  /agents         {"agent-1":{"status":"away"}}
POST /clock          {"advance":"25h"}
GET  /record?thread=…
</pre>
<p>Now: <a href="/record">record</a> · <a href="/faults">faults</a> · <a href="/agents">agents</a> ·
<a href="/clock">clock</a> · <a href="/demo/web-chat">a shop with a web chat</a></p>
</html>
`;
