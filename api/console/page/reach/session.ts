/** Who looks at the console, for everything below it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Me } from '../../../operator/answers.js';

export type Session = {
  readonly me: Me;
  /** Baton has said that nobody is logged in any more. */
  readonly loggedOut: () => void;
};

const nobody: Session = {
  me: { name: '', role: 'viewer', sources: [], isShared: false },
  loggedOut: () => undefined,
};

export const SessionContext = createContext<Session>(nobody);

export function useSession(): Session {
  return useContext(SessionContext);
}

export function mayAct({ role }: Me): boolean {
  return role !== 'viewer';
}
