/** State of an account's set-up: rights of roles, routing of work. */
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
  /** The platform's format is not published; this one is our own. */
  config: { active: boolean; steps: { name: string; duration?: number }[] };
};
