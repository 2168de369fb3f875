/** Maps each route to its page. */
import { EmergencyPage } from './emergency/emergency-page.js';
import { OverviewPage } from './overview/overview-page.js';
import { Link } from './parts/link.js';
import { PageTitle } from './parts/page-title.js';
import { home, parseRoute } from './route.js';
import { SystemPage } from './system/system-page.js';
import { ThreadPage } from './thread/thread-page.js';
import { ThreadsPage } from './threads/threads-page.js';

type Props = { readonly pathname: string; readonly search: string };

export function Page({ pathname, search }: Props) {
  const route = parseRoute(pathname);
  switch (route.page) {
    case 'threads':
      return <ThreadsPage search={search} />;
    case 'thread':
      return <ThreadPage key={route.id} id={route.id} />;
    case 'emergency':
      return <EmergencyPage />;
    case 'overview':
      return <OverviewPage />;
    case 'system':
      return <SystemPage />;
    case 'unknown':
      return (
        <>
          <PageTitle title="There is no such page" />
          <p>
            <Link href={home}>All threads</Link>
          </p>
        </>
      );
  }
}
