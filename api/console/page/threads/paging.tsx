/** Links to the next fifty threads and to the first; a list that changes has no stable page before. */
import { Link } from '../parts/link.js';
import { listHref, type Filter } from './filter.js';

type Props = { readonly filter: Filter; readonly next: string | null };

export function Paging({ filter: { page, ...filter }, next }: Props) {
  if (page === undefined && next === null) return null;
  return (
    <nav class="paging" aria-label="Pages of the list">
      {page !== undefined && <Link href={listHref(filter)}>First page</Link>}
      {next !== null && <Link href={listHref({ ...filter, page: next })}>Next page</Link>}
    </nav>
  );
}
