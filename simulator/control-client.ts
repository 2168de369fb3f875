/** Typed client of the simulator controls, for the demonstration, scenarios and tests. */
export type CustomerContent = {
  readonly source: string;
  readonly identity: string;
  /** Empty with an attachment. */
  readonly body?: string | undefined;
  readonly thread?: string | undefined;
  /** Payload of the customer's choice. */
  readonly payload?: string | undefined;
  readonly language?: string | undefined;
  readonly attachment?: boolean;
  /** Filed as spam by the account's rules. */
  readonly spam?: boolean;
};
export type CastContent = {
  readonly thread_id: string;
  readonly content_id: string;
  readonly event_id: string;
};

export type AgentActName =
  | 'reply'
  | 'engage'
  | 'defer'
  | 'close'
  | 'recategorize'
  | 'initiate'
  /** To another agent; files the customer's last content as spam; approves a reply that waits for it. */
  | 'transfer'
  | 'ignore'
  | 'approve';

export type AgentAct = {
  /** Required for all actions but `initiate`, which starts a thread. */
  readonly thread?: string;
  readonly agent: string;
  readonly do: AgentActName;
  readonly body?: string;
  readonly category_ids?: readonly string[];
  readonly native?: boolean;
  /** Of a reply: whether it waits for approval. */
  readonly needs_approval?: boolean;
  /** Of a transfer: to whom, and whether they accept, which is the default. */
  readonly to?: string | undefined;
  readonly accepted?: boolean;
  /** Recipient and source of `initiate`. */
  readonly identity?: string;
  readonly source?: string;
};

export type IdentityAct =
  | { readonly identity: string; readonly do: 'keep' | 'unmerge' }
  | { readonly identity: string; readonly do: 'merge'; readonly into: string };

/** `null`: not connected. */
export type NewAgentStatus = {
  readonly channel?: string | undefined;
  readonly status?: 'available' | 'away' | null | undefined;
  readonly busyness?: 'unoccupied' | 'ok' | 'busy' | 'full' | undefined;
};

export type AdministratorRule =
  | { readonly name: 'emergency'; readonly on: boolean }
  | {
      readonly name: 'default-categories';
      readonly category_ids: readonly string[];
      readonly source?: string;
    };

export type ThreadRecord = {
  readonly contents: readonly {
    readonly id: string;
    /** `customer:ID`, `bot:ID`, `agent:ID`, `native:ID` or `automatic:ID`. */
    readonly by: string;
    readonly body: string;
    readonly at: string;
    readonly in_reply_to_id: string | null;
    readonly private: boolean;
    readonly structured_content?: {
      readonly type: string;
      readonly items?: readonly { readonly title: string; readonly payload?: string }[];
    };
    readonly attachment_ids?: readonly string[];
  }[];
  readonly categories: readonly { readonly at: string; readonly ids: readonly string[] }[];
  readonly interventions: readonly { readonly id: string; readonly closed: boolean }[];
  /** Comments on interventions, visible to agents only. */
  readonly comments: readonly { readonly id: string; readonly body: string }[];
  readonly deliveries: readonly {
    readonly at: string;
    readonly status: number | null;
    readonly events: readonly { readonly id: string; readonly type: string }[];
  }[];
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    /** `null`: the delivery got no answer. */
    readonly status: number | null;
  }[];
};

export type MessengerPage = {
  readonly source: string;
  readonly primary: 'bot' | 'platform' | 'none';
  readonly token: string;
  readonly webhook: {
    readonly url: string;
    readonly app_secret: string;
    readonly verify_token: string;
  };
};

export type SimulatorControl = {
  customer(content: CustomerContent): Promise<CastContent>;
  agent(act: AgentAct): Promise<{ readonly thread_id: string }>;
  agents(statuses: Readonly<Partial<Record<string, NewAgentStatus>>>): Promise<unknown>;
  /** Creates a customer's record, or merges or separates two identities. */
  identity(act: IdentityAct): Promise<{ readonly identity_group_id: string | null }>;
  /** Merges a thread into another. */
  merge(thread: string, into: string): Promise<unknown>;
  /** Replaces the API token of the bot's user; the old one is refused, with 403 unless said otherwise. */
  token(token: string, refusal?: 401 | 403): Promise<unknown>;
  rule(rule: AdministratorRule): Promise<unknown>;
  /** For the whole account, or for one customer's threads, by the customer's name on the channel. */
  faults(faults: Readonly<Record<string, unknown>>, customer?: string): Promise<unknown>;
  record(threadId?: string): Promise<ThreadRecord>;
  advance(time: string): Promise<unknown>;
  /** Turns a source into a Facebook page. */
  messenger(page: MessengerPage): Promise<unknown>;
};

export function connectControl(url: string): SimulatorControl {
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  };
  return {
    customer: async (content) => (await send('POST', '/cast/customer', content)) as CastContent,
    agent: async (act) => (await send('POST', '/cast/agent', act)) as { thread_id: string },
    identity: async (act) =>
      (await send('POST', '/cast/identity', act)) as { identity_group_id: string | null },
    agents: (statuses) => send('PUT', '/agents', statuses),
    merge: (thread, into) => send('POST', '/cast/thread', { thread, do: 'merge', into }),
    token: (token, refusal) =>
      send('PUT', '/token', { token, ...(refusal !== undefined && { refusal }) }),
    rule: (rule) => send('POST', '/cast/rule', rule),
    faults: (faults, customer) =>
      send('PUT', `/faults${customer === undefined ? '' : `?customer=${customer}`}`, faults),
    record: async (threadId) => {
      const query = threadId === undefined ? '' : `?thread=${encodeURIComponent(threadId)}`;
      return (await send('GET', `/record${query}`)) as ThreadRecord;
    },
    advance: (advance) => send('POST', '/clock', { advance }),
    messenger: (page) => send('PUT', '/messenger', page),
  };
}
