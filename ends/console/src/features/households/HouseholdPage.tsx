import { UploadOutlined } from '@ant-design/icons';
import { KeyValue } from '@keystead/ui/facts';
import { dateTime, quantity } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Flex, Select, Skeleton, Table, Tag, Upload } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { keepPaper, NameText, RecordFile } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { ChangeDialog } from './ChangeDialog.tsx';
import { ChangeTable } from './ChangeTable.tsx';
import { EntitlementCard } from './EntitlementCard.tsx';
import { MemberTable } from './MemberTable.tsx';
import { PartCard } from './PartCard.tsx';
import { householdsKey, useDossier, useTags } from './queries.ts';
import { RevealDialog, type Revealed } from './RevealDialog.tsx';

/** The whole file of a household. */
export default function HouseholdPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { data, error, isPending } = useDossier(id);
  const [revealed, setRevealed] = useState<Revealed>();
  const [changing, setChanging] = useState(false);
  const { may } = useSession();
  const { message } = App.useApp();
  const client = useQueryClient();
  const tags = useTags(id);
  const put = useMutation({
    mutationFn: (paper: File) => keepPaper(`household:${id}`, paper),
    onSettled: () => client.invalidateQueries({ queryKey: householdsKey }),
  });
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (isPending) return <Skeleton active />;
  return (
    <Flex vertical gap={16}>
      <Card
        title={<NameText party={data.id} name={data.party.name} />}
        extra={
          may('household:write') ? (
            <Select
              mode="tags"
              style={{ minWidth: 200 }}
              aria-label={t('households.tags')}
              placeholder={t('households.tags')}
              value={data.tags}
              loading={tags.isPending}
              onChange={(chosen: string[]) =>
                tags.mutate(chosen, { onError: (cause) => void message.error(said(cause)) })
              }
            />
          ) : (
            data.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)
          )
        }
      >
        <KeyValue
          facts={[
            { key: 'code', label: t('households.code'), value: data.code },
            { key: 'by', label: t('households.openedBy'), value: t(`households.openings.${data.openedBy}`) },
            { key: 'at', label: t('households.openedAt'), value: dateTime(data.openedAt) },
            { key: 'papers', label: t('households.papers'), value: quantity(data.documents.length) },
          ]}
        />
      </Card>
      {may('eligibility:read') ? <EntitlementCard household={id} /> : null}
      <Card size="small" title={t('households.members')}>
        <MemberTable dossier={data} onReveal={setRevealed} />
      </Card>
      <Card
        size="small"
        title={t('households.changesTitle')}
        extra={
          may('household:write') ? (
            <Button size="small" onClick={() => setChanging(true)}>
              {t('households.newChange')}
            </Button>
          ) : null
        }
      >
        <ChangeTable household={id} />
      </Card>
      {Object.entries(data.parts).map(([name, rows]) =>
        // Changes have a table of their own.
        name === 'requests' ? null : <PartCard key={name} name={name} rows={rows} />,
      )}
      <Card
        size="small"
        title={t('households.papers')}
        extra={
          may('record:write') ? (
            <Upload
              showUploadList={false}
              beforeUpload={(chosen) => {
                put.mutate(chosen, { onError: (cause) => void message.error(said(cause)) });
                return Upload.LIST_IGNORE;
              }}
            >
              <Button size="small" icon={<UploadOutlined />} loading={put.isPending}>
                {t('households.addPaper')}
              </Button>
            </Upload>
          ) : null
        }
      >
        <Table
          size="small"
          rowKey={(row) => row.id}
          dataSource={data.documents}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          columns={[
            { title: t('households.paper'), render: (_, row) => <RecordFile record={row.id} purpose={data.code} /> },
            { title: t('households.at'), width: 170, render: (_, row) => dateTime(row.createdAt) },
          ]}
        />
      </Card>
      {changing ? <ChangeDialog dossier={data} onClose={() => setChanging(false)} /> : null}
      {revealed ? <RevealDialog of={revealed} onClose={() => setRevealed(undefined)} /> : null}
    </Flex>
  );
}
