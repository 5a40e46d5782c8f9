import { Link } from 'react-router';
import { useSession } from '../shell/session.tsx';
import { usePlace, usePlaceByPath } from './places.ts';

/** A place by its name, as a link to its page; known by its id or, where that is all there is, by its path. */
export function PlaceName({ id, path }: { id?: string | null | undefined; path?: string | undefined }) {
  const { may } = useSession();
  const allowed = may('place:read');
  const byId = usePlace(id && allowed ? id : undefined);
  const byPath = usePlaceByPath(!id && path && allowed ? path : undefined);
  const place = byId.data ?? byPath.data;
  if (!place) return '—';
  return (
    <Link to={`/places/${place.id}`} onClick={(event) => event.stopPropagation()}>
      {place.name}
    </Link>
  );
}
