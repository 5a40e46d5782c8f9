import { Link } from 'react-router';
import { useSession } from '../shell/session.tsx';
import { usePlace, usePlaceByPath } from './places.ts';

interface PlaceNameProps {
  id?: string | null | undefined;
  path?: string | undefined;
  /** When it came along with the rest: then nothing is asked. */
  name?: string | undefined;
}

/** A place by its name, as a link to its page; known by its id or, where that is all there is, by its path. */
export function PlaceName({ id, path, name }: PlaceNameProps) {
  const { may } = useSession();
  const allowed = may('place:read');
  const told = id && name !== undefined ? { id, name } : undefined;
  const byId = usePlace(id && allowed && !told ? id : undefined);
  const byPath = usePlaceByPath(!id && path && allowed ? path : undefined);
  const place = told ?? byId.data ?? byPath.data;
  if (!place) return '—';
  if (!allowed) return place.name;
  return (
    <Link to={`/places/${place.id}`} onClick={(event) => event.stopPropagation()}>
      {place.name}
    </Link>
  );
}
