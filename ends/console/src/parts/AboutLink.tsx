import { Link } from 'react-router';

const pages: Record<string, string> = {
  thing: '/things',
  device: '/things',
  alarm: '/alarms',
  place: '/places',
  case: '/cases',
  review: '/eligibility',
};

/** Things that are shown on one page together. */
const lists: Record<string, string> = {
  job: '/system',
  system: '/system',
  refund: '/payments?tab=refunds&state=waiting',
  'supervision-report': '/supervision/reports',
};

/** Address of the page that shows something; undefined when no page does. */
export function pageOf(kind: string, id: string): string | undefined {
  const page = pages[kind];
  if (page) return `${page}/${encodeURIComponent(id)}`;
  if (kind === 'user') return `/users?user=${encodeURIComponent(id)}`;
  if (kind === 'role') return `/roles?role=${encodeURIComponent(id)}`;
  if (kind === 'collection-report') return `/collection?period=${encodeURIComponent(id)}`;
  return lists[kind];
}

/** Something by its words, as a link where there is a page for it. */
export function AboutLink({ kind, id, words }: { kind: string; id: string; words: React.ReactNode }) {
  const page = pageOf(kind, id);
  if (!page) return words;
  return (
    <Link to={page} onClick={(event) => event.stopPropagation()}>
      {words}
    </Link>
  );
}
