/** Layout around every page: navigation, the signed-in operator, and the banner of an emergency. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { EmergencyBanner } from './emergency/emergency-banner.js';
import { KeysDialog } from './keys-dialog.js';
import { Link } from './parts/link.js';
import { useKeys } from './parts/use-keys.js';
import * as baton from './reach/endpoints.js';
import { useSession } from './reach/session.js';
import { home } from './route.js';

type Props = {
  readonly pathname: string;
  readonly onLogOut: () => void;
  readonly children: ComponentChildren;
};

const pages = [
  [home, 'Threads'],
  [`${home}/overview`, 'Overview'],
  [`${home}/emergency`, 'Emergency'],
  [`${home}/system`, 'System'],
] as const;

export function Frame({ pathname, onLogOut, children }: Props) {
  const [areKeysShown, showKeys] = useState(false);
  useKeys({ '?': () => showKeys(true) });
  return (
    <>
      <a class="skip" href="#main">
        To the content
      </a>
      <header class="frame">
        <span class="wordmark">Baton</span>
        <nav aria-label="Pages">
          {pages.map(([href, name]) => (
            <Link key={href} href={href} aria-current={isAt(href, pathname) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <Viewer onKeys={() => showKeys(true)} onLogOut={onLogOut} />
      </header>
      {pathname !== `${home}/emergency` && <EmergencyBanner />}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {areKeysShown && <KeysDialog onClose={() => showKeys(false)} />}
    </>
  );
}

function isAt(href: string, pathname: string): boolean {
  if (href !== home) return pathname === href;
  return pathname === home || pathname.startsWith(`${home}/threads`);
}

type ViewerProps = { readonly onKeys: () => void; readonly onLogOut: () => void };

function Viewer({ onKeys, onLogOut }: ViewerProps) {
  const { me } = useSession();
  const leave = () => void baton.logOut().then(onLogOut, onLogOut);
  return (
    <div class="viewer">
      <span>
        {me.name} <span class="muted">({me.role})</span>
      </span>
      <button type="button" class="quiet" onClick={onKeys} aria-label="Keys">
        ?
      </button>
      <button type="button" class="quiet" onClick={leave}>
        Log out
      </button>
    </div>
  );
}
