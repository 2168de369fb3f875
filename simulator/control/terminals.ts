/** The curl commands for each control, collapsed at the end of the page. */
export const controlForTerminals = `<footer>
<details>
<summary>The same from a terminal: all endpoints</summary>
<p>The platform as a bot sees it: REST under <code>/1.0</code>, webhooks, three agents, two sources
(<code>chat</code> and <code>messages</code>). Endpoints for the actors, customers and agents:</p>
<pre tabindex="0" role="region" aria-label="All endpoints">
POST /cast/customer  {"source":"chat","identity":"ana","body":"hello"}
POST /cast/agent     {"thread":"…","agent":"agent-1","do":"reply","body":"Good morning."}
                     do: reply, engage, defer, close, recategorize, initiate, approve, ignore; "native": true
                     do: transfer, "to": "agent-2", "accepted": false
POST /cast/thread    {"thread":"…","do":"merge","into":"…"}
POST /cast/identity  {"identity":"ana","do":"merge","into":"ana-2"}      do: keep, merge, unmerge
POST /cast/rule      {"name":"emergency","on":true}
PUT  /faults         {"duplicate":0.2,"lost-answer":{"on":"POST /contents","times":1}}   {} clears
PUT  /token          {"token":"…"}                                       the old one is refused
PUT  /agents         {"agent-1":{"status":"away"}}
POST /clock          {"advance":"25h"}
GET  /threads
GET  /record?thread=…
GET  /baton?thread=…
</pre>
<p>Now: <a href="/threads">threads</a> · <a href="/record">record</a> · <a href="/faults">faults</a> ·
<a href="/agents">agents</a> · <a href="/clock">clock</a> · <a href="/demo/web-chat">a shop with a web chat</a></p>
</details>
</footer>
`;
