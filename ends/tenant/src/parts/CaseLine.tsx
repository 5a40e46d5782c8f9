import type { Reply } from '@keystead/sdk';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Link } from 'react-router';
import type { sdk } from '../sdk.ts';

type Line = Reply<typeof sdk.ownRepairs.list>[number];

/** A repair or request: how far it is, who is at it, until when. */
export function CaseLine({ of, to }: { of: Line; to: string | null }) {
  const t = useT();
  const inside = (
    <>
      <h2>{of.title}</h2>
      <p>{t(`tenant.state.${of.state}`)}</p>
      <p className="quiet">
        {of.code}
        {of.handler && ` · ${t('tenant.repair.handler', { name: of.handler })}`}
        {of.dueAt && ` · ${t('tenant.repair.due', { time: dateTime(of.dueAt).slice(0, 16) })}`}
      </p>
    </>
  );
  return to === null ? (
    <div className="card">{inside}</div>
  ) : (
    <Link className="card" to={to}>
      {inside}
    </Link>
  );
}
