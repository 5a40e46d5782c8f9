import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex, Popconfirm, Table, Typography } from 'antd';
import { useState } from 'react';
import { useDownload } from '../../parts/index.ts';
import type { ThingTabProps } from '../../shell/feature.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PaperDialog } from './PaperDialog.tsx';
import { type Paper, useAddPaper, usePapers, useSavePapers } from './queries.ts';

/** The certificates and acceptance records of a thing: without those its class needs it may not be put in service. */
export default function PapersTab({ thing }: ThingTabProps) {
  const t = useT();
  const { may } = useSession();
  const { data = [], error, isPending } = usePapers(thing);
  const save = useSavePapers(thing);
  const add = useAddPaper(thing);
  const { busy, download } = useDownload();
  const [adding, setAdding] = useState(false);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  const without = (paper: Paper) => data.filter((each) => each !== paper);
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t('deviceContract.papers.hint')}</Typography.Text>
      {save.error ? <Alert type="error" showIcon title={said(save.error)} /> : null}
      <Table<Paper>
        size="small"
        rowKey={({ standard, certificate }) => `${standard} ${certificate}`}
        loading={isPending}
        dataSource={data}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('deviceContract.papers.empty')} />,
        }}
        columns={[
          { title: t('deviceContract.papers.standard'), dataIndex: 'standard' },
          { title: t('deviceContract.papers.certificate'), dataIndex: 'certificate' },
          { title: t('deviceContract.papers.verifiedOn'), dataIndex: 'verifiedOn' },
          {
            title: t('deviceContract.papers.validUntil'),
            render: (_, { validUntil }) => validUntil ?? t('deviceContract.papers.endless'),
          },
          {
            title: t('deviceContract.papers.file'),
            render: (_, { record, certificate }) =>
              record && may('record:read') ? (
                <Button
                  type="link"
                  size="small"
                  loading={busy}
                  onClick={() =>
                    void download(certificate, () =>
                      sdk.records.open({ params: { id: record }, query: { purpose: certificate } }),
                    )
                  }
                >
                  {t('deviceContract.papers.openFile')}
                </Button>
              ) : (
                t(record ? 'deviceContract.papers.kept' : 'deviceContract.papers.noFile')
              ),
          },
          {
            title: '',
            width: 90,
            render: (_, paper) =>
              may('thing:write') ? (
                <Popconfirm title={t('deviceContract.papers.removeAsk')} onConfirm={() => save.mutate(without(paper))}>
                  <Button type="link" danger size="small">
                    {t('deviceContract.papers.remove')}
                  </Button>
                </Popconfirm>
              ) : null,
          },
        ]}
      />
      {may('thing:write') ? (
        <div>
          <Button onClick={() => setAdding(true)}>{t('deviceContract.papers.add')}</Button>
        </div>
      ) : null}
      {adding ? (
        <PaperDialog
          saving={add.isPending}
          error={add.error}
          mayUpload={may('record:write')}
          onSave={(paper, file) => add.mutate({ paper, file, others: data }, { onSuccess: () => setAdding(false) })}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </Flex>
  );
}
