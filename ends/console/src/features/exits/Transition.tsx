import { KeyValue } from '@keystead/ui/facts';
import { useT } from '@keystead/ui/i18n';
import { Alert, Typography } from 'antd';
import { Link } from 'react-router';
import { LinkIfMay, money } from '../../parts/index.ts';
import type { Exit } from './queries.ts';

type Ahead = NonNullable<Exit['transition']>;
type Settled = NonNullable<NonNullable<Exit['settlement']>['transition']>;

/** By which numbers: so much of the market rent, as the pack in force says. */
function By({ of }: { of: { market: number; percent: number; rent: number; policy: string } }) {
  const t = useT();
  const { market, percent, rent } = of;
  return (
    <span>
      {t('exits.transition.month', { market: money(market), percent, rent: money(rent) })}{' '}
      <LinkIfMay right="policy:read" to={`/policy?pack=${of.policy}`}>
        {t('exits.transition.policy')}
      </LinkIfMay>
    </span>
  );
}

/** What is paid for days beyond the one to leave by, or would be. */
export function TransitionAhead({ of }: { of: Ahead }) {
  const t = useT();
  const { from, market, rent, running } = of;
  const words = t(running ? 'exits.transition.running' : 'exits.transition.ahead', { from, percent: of.percent });
  if (market === null || rent === null) return words;
  return (
    <span>
      <Typography.Text {...(running ? { type: 'danger' as const } : {})}>{words}</Typography.Text>{' '}
      <By of={{ ...of, market, rent }} />
    </span>
  );
}

/** The day has come, and the file of the house does not say what is asked for the like on the market. */
export function MarketRentMissing({ exit, today }: { exit: Exit; today: string }) {
  const t = useT();
  const { transition } = exit;
  if (!transition || transition.market !== null || transition.from > today) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('exits.transition.missing', { from: transition.from })}
      action={<Link to={`/houses/${exit.house}`}>{t('exits.transition.file')}</Link>}
    />
  );
}

/** The same within the last account. */
export function TransitionSettled({ of }: { of: Settled }) {
  const t = useT();
  return (
    <KeyValue
      columns={3}
      facts={[
        { key: 'span', label: t('exits.transition.title'), value: `${of.from} – ${of.to}` },
        { key: 'by', label: t('exits.transition.by'), value: <By of={of} /> },
        { key: 'charged', label: t('exits.transition.charged'), value: money(of.charged) },
      ]}
    />
  );
}
