/** Client-side navigation: the current address, and changing it without reloading the page. */
import { useEffect, useState } from 'preact/hooks';

export type Here = { readonly pathname: string; readonly search: string };

const moved = 'console:moved';

function here(): Here {
  return { pathname: location.pathname, search: location.search };
}

export function navigate(href: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', href);
  else history.replaceState(null, '', href);
  window.dispatchEvent(new Event(moved));
}

export function useHere(): Here {
  const [at, setAt] = useState(here);
  useEffect(() => {
    const look = () => setAt(here());
    window.addEventListener('popstate', look);
    window.addEventListener(moved, look);
    return () => {
      window.removeEventListener('popstate', look);
      window.removeEventListener(moved, look);
    };
  }, []);
  return at;
}
