import { ago } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { OnlineBadge } from '@keystead/ui/online';
import { type TableProps, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import type { Thing } from '../queries.ts';

/** Columns of the ledger, most telling first. */
export function useColumns(modelName: (family: string) => string): TableProps<Thing>['columns'] {
  const { t, language } = useTexts();
  return [
    { title: t('things.onlineLabel'), width: 100, render: (_, row) => <OnlineBadge state={row.online} /> },
    {
      title: t('things.name'),
      render: (_, row) => (
        <Link to={`/things/${row.id}`} onClick={(event) => event.stopPropagation()}>
          {row.name}
        </Link>
      ),
    },
    { title: t('things.code'), render: (_, row) => <Typography.Text code>{row.code}</Typography.Text> },
    { title: t('things.family'), render: (_, row) => modelName(row.family) },
    { title: t('things.place'), render: (_, row) => row.placeName ?? '—' },
    {
      title: t('things.lastHeard'),
      width: 130,
      render: (_, row) => (row.lastHeard ? <span title={row.lastHeard}>{ago(row.lastHeard, language)}</span> : '—'),
    },
    {
      title: t('things.stateLabel'),
      width: 150,
      render: (_, row) => (
        <>
          {t(`things.states.${row.state}`)}{' '}
          {row.whitelist === 'admitted' ? null : <Tag>{t(`things.whitelists.${row.whitelist}`)}</Tag>}
        </>
      ),
    },
  ];
}
