import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Card, Popconfirm, Space, Table, Tag } from 'antd';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CodecFile, usePutInForce } from './queries.ts';

interface VersionTableProps {
  codec: CodecFile;
  /** Number of the version in the editor. */
  open: number;
  onOpen(number: number): void;
}

/** All versions; one is put in force by its samples, or gone back to when it was in force before. */
export function VersionTable({ codec, open, onOpen }: VersionTableProps) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const change = usePutInForce();
  const were = new Set(codec.publications.map(({ number }) => number));
  const put = (number: number, way: 'publish' | 'rollBack') =>
    change.mutate(
      { id: codec.id, number, way },
      {
        onSuccess: () => void message.success(t('codecs.putInForce', { number })),
        onError: (cause) => void message.error(said(cause)),
      },
    );
  return (
    <Card size="small" title={t('codecs.versions')}>
      <Table
        size="small"
        rowKey="number"
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        dataSource={codec.versions}
        columns={[
          {
            title: t('codecs.version'),
            width: 160,
            render: (_, { number }) => (
              <Space>
                <Button type="link" size="small" disabled={number === open} onClick={() => onOpen(number)}>
                  v{number}
                </Button>
                {number === codec.published ? <Tag color="success">{t('codecs.inForce')}</Tag> : null}
              </Space>
            ),
          },
          { title: t('codecs.note'), render: (_, { note }) => note },
          { title: t('codecs.samples'), width: 90, render: (_, { samples }) => samples },
          { title: t('codecs.changed'), width: 170, render: (_, { writtenAt }) => dateTime(writtenAt) },
          { title: t('codecs.by'), width: 140, render: (_, { writtenBy }) => writtenBy },
          {
            title: '',
            width: 170,
            render: (_, { number }) =>
              may('codec:publish') && number !== codec.published ? (
                <Space>
                  <Popconfirm title={t('codecs.publishSure', { number })} onConfirm={() => put(number, 'publish')}>
                    <Button size="small" type="primary" loading={change.isPending}>
                      {t('codecs.publish')}
                    </Button>
                  </Popconfirm>
                  {were.has(number) ? (
                    <Popconfirm title={t('codecs.rollBackSure', { number })} onConfirm={() => put(number, 'rollBack')}>
                      <Button size="small" loading={change.isPending}>
                        {t('codecs.rollBack')}
                      </Button>
                    </Popconfirm>
                  ) : null}
                </Space>
              ) : null,
          },
        ]}
      />
    </Card>
  );
}
