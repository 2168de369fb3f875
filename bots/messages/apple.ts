/** Structured messages that only Apple Messages for Business can show. Field names are the platform's. */

/** Appointments to choose from, under a text. */
export type TimeSelect = {
  readonly type: 'time_select';
  readonly timeslots: readonly Timeslot[];
  readonly location?: {
    readonly latitude: number;
    readonly longitude: number;
    readonly radius?: number;
    readonly title?: string;
  };
  readonly attachment_id?: string;
};
/** `start_time`: `2026-01-20T09:00+0100`; `duration`: seconds. */
export type Timeslot = {
  readonly identifier: string;
  readonly start_time: string;
  readonly duration: number;
};

/** A form with several pages; the answers arrive together. */
export type Form = {
  readonly type: 'form';
  readonly title?: string;
  readonly subtitle?: string;
  readonly first_page_id?: string;
  readonly private?: boolean;
  readonly show_summary?: boolean;
  readonly splash?: {
    readonly header?: string;
    readonly text?: string;
    readonly button_title?: string;
    readonly attachment_id?: string;
  };
  readonly attachment_id?: string;
  readonly attachment_fallback_id?: string;
  readonly pages: readonly FormPage[];
};
export type FormPage = {
  readonly page_id: string;
  readonly type: 'select' | 'picker' | 'datePicker' | 'input';
  readonly header?: string;
  readonly title?: string;
  readonly next_page_id?: string;
  readonly submit_form?: boolean;
  readonly multiple_selection?: boolean;
  readonly items?: readonly {
    readonly id: string;
    readonly value: string;
    readonly title: string;
    readonly next_page_id?: string;
  }[];
  /** Options of the date picker or input field, with Apple's names. */
  readonly options?: Readonly<Record<string, unknown>>;
};

/** A payment, under a text. Amounts are text: `19.90`. */
export type ApplePay = {
  readonly type: 'apple_pay';
  readonly payment_gateway_url: string;
  /** The session object as Apple issued it. */
  readonly merchant_session?: string | Readonly<Record<string, unknown>>;
  readonly merchant_identifier: string;
  readonly merchant_name: string;
  readonly merchant_capabilities: readonly string[];
  readonly supported_networks: readonly string[];
  readonly country_code: string;
  readonly currency_code: string;
  readonly items?: readonly Amount[];
  readonly total: Amount;
};
export type Amount = {
  readonly amount: string;
  readonly label: string;
  readonly type: 'final' | 'pending';
};

/** Log-in with an account at the brand; the answer carries a code. */
export type Authenticate = {
  readonly type: 'authenticate';
  /** Sent after the customer has logged in. */
  readonly response_body?: string;
  readonly attachment_id?: string;
};
