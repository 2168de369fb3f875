/** The signed-in operator, as a context for all components. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Me } from '../../../operator/answers.js';

export type Session = {
  readonly me: Me;
  /** Called when Baton reports that the session has ended. */
  readonly loggedOut: () => void;
};

const noSession: Session = {
  me: { name: '', role: 'viewer', sources: [], isShared: false },
  loggedOut: () => undefined,
};

export const SessionContext = createContext<Session>(noSession);

export function useSession(): Session {
  return useContext(SessionContext);
}

export function mayAct({ role }: Me): boolean {
  return role !== 'viewer';
}
