import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Skeleton, Timeline, Typography } from 'antd';
import { Link } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { type TimelineLine, useTimeline } from './queries.ts';

const pages: Record<string, (id: string) => string> = {
  case: (id) => `/cases/${id}`,
  thing: (id) => `/things/${id}`,
  alarm: (id) => `/alarms?alarm=${id}`,
};

function Line({ line }: { line: TimelineLine }) {
  const t = useT();
  const page = pages[line.refKind]?.(line.ref);
  const words =
    line.kind === 'status' || line.kind === 'lease'
      ? t(`stock.state.${line.title}`)
      : line.kind === 'dossier'
        ? line.title
            .split(' ')
            .map((group) => t(`stock.group.${group}`))
            .join('、')
        : line.title;
  return (
    <>
      <Typography.Text type="secondary">{dateTime(line.at)}</Typography.Text>{' '}
      <Typography.Text strong>{t(`stock.kind.${line.kind}`)}</Typography.Text>{' '}
      {page ? <Link to={page}>{words}</Link> : words}
      {line.by ? <Typography.Text type="secondary"> · {line.by}</Typography.Text> : null}
      {typeof line.detail.reason === 'string' ? <div>{line.detail.reason}</div> : null}
    </>
  );
}

/** What happened at the house, newest first; it fills itself. */
export function TimelineTab({ id }: { id: string }) {
  const t = useT();
  const list = useTimeline(id);
  if (list.error) return <Alert type="error" showIcon title={said(list.error)} />;
  if (!list.data) return <Skeleton active />;
  const lines = list.data.pages.flatMap((page) => page.items);
  if (lines.length === 0) return <Empty description={t('stock.emptyTimeline')} />;
  return (
    <>
      <Timeline items={lines.map((line) => ({ key: `${line.kind}${line.id}`, content: <Line line={line} /> }))} />
      {list.hasNextPage ? <Button onClick={() => void list.fetchNextPage()}>{t('stock.more')}</Button> : null}
    </>
  );
}
