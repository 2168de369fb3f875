/** Baton's current time, updated each second while the page is visible: for values that count up or down. */
import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../reach/server-clock.js';

export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(serverNow());
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
