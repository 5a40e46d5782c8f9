import { Link } from 'react-router';
import { useSession } from '../shell/session.tsx';
import { usePlace } from './places.ts';

/** A place by its name, as a link to its page. */
export function PlaceName({ id }: { id: string | null | undefined }) {
  const { may } = useSession();
  const { data } = usePlace(id && may('place:read') ? id : undefined);
  if (!id || !data) return '—';
  return (
    <Link to={`/places/${id}`} onClick={(event) => event.stopPropagation()}>
      {data.name}
    </Link>
  );
}
