/** State of Baton itself: bots and their breakers, broken threads, the reconciler, and the directory. */
import { PageTitle } from '../parts/page-title.js';
import { BotsSection } from './bots-section.js';
import { BrokenSection } from './broken-section.js';
import { DirectorySection } from './directory-section.js';
import { ReconcilerSection } from './reconciler-section.js';

export function SystemPage() {
  return (
    <>
      <PageTitle title="System" />
      <BotsSection />
      <BrokenSection />
      <ReconcilerSection />
      <DirectorySection />
    </>
  );
}
