/** State of customers' records and custom fields, part of `state.ts`. */
export type IdentityGroup = {
  id: string;
  firstname: string | null;
  lastname: string | null;
  company: string | null;
  notes: string | null;
  emails: string[];
  custom_field_values: Record<string, unknown>;
  /** Simulated time, milliseconds, until which an update is in progress. */
  updating_until: number;
  created_at: string;
  updated_at: string;
};

export type CustomField = {
  id: string;
  associated_type_name: 'IdentityGroup' | 'Intervention';
  key: string;
  label: string;
  type: string;
  choices: string[];
  multiple: boolean;
  position: number;
  read_only: boolean;
  created_at: string;
};
