import { useT } from '@keystead/ui/i18n';
import { Table, Typography, theme } from 'antd';
import { changesIn } from './changes.ts';

const shown = (value: unknown): string =>
  value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value);

/** What changed as before and after, and the line's detail as it was written. */
export function LineDetail({ detail }: { detail: Record<string, unknown> }) {
  const t = useT();
  const { token } = theme.useToken();
  const changes = changesIn(detail);
  return (
    <div>
      {changes.length > 0 ? (
        <>
          <Typography.Title level={5}>{t('journal.changes')}</Typography.Title>
          <Table
            size="small"
            pagination={false}
            rowKey="field"
            dataSource={changes}
            columns={[
              { title: t('journal.field'), render: (_, { field }) => field || '—' },
              { title: t('journal.before'), render: (_, { before }) => shown(before) },
              { title: t('journal.after'), render: (_, { after }) => shown(after) },
            ]}
          />
        </>
      ) : null}
      <Typography.Title level={5}>{t('journal.detail')}</Typography.Title>
      <pre
        style={{
          margin: 0,
          padding: 12,
          overflow: 'auto',
          maxHeight: 360,
          fontSize: 12,
          whiteSpace: 'pre-wrap',
          wordBreak: 'break-word',
          background: token.colorFillAlter,
          borderRadius: token.borderRadius,
        }}
      >
        {JSON.stringify(detail, null, 2)}
      </pre>
    </div>
  );
}
