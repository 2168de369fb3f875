/** The platform's intervention, as far as the thread knows it. */
export type TrackedIntervention = {
  readonly id: string;
  readonly isOpen: boolean;
  readonly openedByUs: boolean;
  readonly issuedAt: number;
};
