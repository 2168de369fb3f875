/** How an account is set up, as far as nobody writes or answers by it: what roles may, how work is routed. */
/** About seventy flags on the platform; those that matter to a bot or an agent. */
export type Role = {
  id: string;
  label: string;
  receive_tasks: boolean;
  monitor_tasks: boolean;
  update_intervention: boolean;
  close_content_thread: boolean;
  open_content_thread: boolean;
  search_event: boolean;
  impersonate_user: boolean;
};

export type Topology = {
  id: string;
  name: string;
  /** Its form is not published; this is ours. */
  config: { active: boolean; steps: { name: string; duration?: number }[] };
};
