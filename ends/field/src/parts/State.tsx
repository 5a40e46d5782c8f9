import { useT } from '@keystead/ui/i18n';
import { Link } from 'react-router';
import { useKept } from '../keep/use-keeper.tsx';

/** How the sending stands: shape and word, never colour alone. */
export function State() {
  const t = useT();
  const { queue, sending } = useKept();
  const sign = { idle: '●', sending: '↑', away: '○', 'signed-out': '!', troubled: '!' }[sending];
  const word = queue.length > 0 ? t('field.waiting', { count: queue.length }) : t('field.allSent');
  return (
    <div role="status">
      <Link to="/outbox" className={`state ${sending}`}>
        <span aria-hidden="true">{sign}</span> {t(`field.sending.${sending}`)} · {word}
      </Link>
    </div>
  );
}
