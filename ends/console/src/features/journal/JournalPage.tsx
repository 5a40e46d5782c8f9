import { SafetyCertificateOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { TimeRange } from '@keystead/ui/time';
import { Button, Input, Select, Space, Typography } from 'antd';
import { useMemo } from 'react';
import { AboutLink, ExportButton, PersonChoice } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { ActionWords } from './ActionWords.tsx';
import { kinds, outcomes, useLineFilter } from './filter.ts';
import { LineDrawer } from './LineDrawer.tsx';
import { OutcomeTag } from './OutcomeTag.tsx';
import { type Line, useLines, useVerify } from './queries.ts';
import { VerificationDrawer } from './VerificationDrawer.tsx';

/** Who did what, when and from where. */
export default function JournalPage() {
  const { t } = useTexts();
  const { may } = useSession();
  const filter = useLineFilter();
  const { put, query } = filter;
  const list = useLines(query);
  const verify = useVerify();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);

  const search = (name: 'text' | 'action' | 'subject', label: string, width: number) => (
    <Input.Search
      allowClear
      key={`${name}:${filter[name] ?? ''}`}
      defaultValue={filter[name]}
      placeholder={label}
      aria-label={label}
      onSearch={(value) => put({ [name]: value.trim() })}
      style={{ width }}
    />
  );

  return (
    <>
      <ListPage<Line>
        title={t('journal.title')}
        actions={
          <Space wrap>
            {may('journal:verify') ? (
              <Button
                icon={<SafetyCertificateOutlined />}
                loading={verify.isPending}
                onClick={() => verify.mutate(undefined, { onSettled: () => put({ verify: '1' }) })}
              >
                {t('journal.verify')}
              </Button>
            ) : null}
            <ExportButton
              name={t('journal.fileName')}
              ask={(format) => sdk.journal.export({ query: { ...query, format } })}
            />
          </Space>
        }
        query={
          <>
            <TimeRange value={filter.range} onChange={(range) => put({ range: range === '24h' ? undefined : range })} />
            {may('user:read') ? (
              <PersonChoice
                placeholder={t('journal.actor')}
                value={filter.actor}
                onChange={(actor) => put({ actor })}
              />
            ) : null}
            <Select
              allowClear
              placeholder={t('journal.kind')}
              aria-label={t('journal.kind')}
              style={{ width: 120 }}
              value={filter.kind}
              onChange={(kind?: string) => put({ kind })}
              options={kinds.map((each) => ({ value: each, label: t(`journal.kinds.${each}`) }))}
            />
            <Select
              allowClear
              placeholder={t('journal.outcome')}
              aria-label={t('journal.outcome')}
              style={{ width: 120 }}
              value={filter.outcome}
              onChange={(outcome?: string) => put({ outcome })}
              options={outcomes.map((each) => ({ value: each, label: t(`journal.outcomes.${each}`) }))}
            />
            {search('action', t('journal.actionHint'), 200)}
            {search('subject', t('journal.subjectHint'), 220)}
            {search('text', t('journal.textHint'), 220)}
          </>
        }
        columns={[
          {
            title: t('journal.at'),
            width: 170,
            render: (_, row) => <span style={{ whiteSpace: 'nowrap' }}>{dateTime(row.at)}</span>,
          },
          {
            title: t('journal.actor'),
            width: 150,
            render: (_, row) => (
              <Typography.Link
                onClick={(event) => {
                  event.stopPropagation();
                  put({ actor: row.actor.id });
                }}
              >
                {row.actor.name || row.actor.id}
              </Typography.Link>
            ),
          },
          { title: t('journal.from'), width: 130, render: (_, row) => row.from || '—' },
          {
            title: t('journal.action'),
            render: (_, row) => <ActionWords action={row.action} onChoose={(action) => put({ action })} />,
          },
          {
            title: t('journal.subject'),
            render: (_, row) => {
              const [kind = '', ...id] = row.subject.split(':');
              return (
                <Typography.Text ellipsis={{ tooltip: row.subject }} style={{ maxWidth: 250 }}>
                  <AboutLink kind={kind} id={id.join(':')} words={row.subject} />
                </Typography.Text>
              );
            },
          },
          { title: t('journal.kind'), width: 90, render: (_, row) => t(`journal.kinds.${row.kind}`) },
          { title: t('journal.outcome'), width: 90, render: (_, row) => <OutcomeTag outcome={row.outcome} /> },
          { title: t('journal.seq'), width: 90, align: 'right', render: (_, row) => row.seq ?? t('journal.unsealed') },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => {
          filter.again();
          void list.refetch();
        }}
        onOpen={(row) => put({ line: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t('journal.empty')}
      />
      <LineDrawer id={filter.openId} onClose={() => put({ line: undefined })} />
      {may('journal:verify') ? (
        <VerificationDrawer open={filter.verifying} refused={verify.error} onClose={() => put({ verify: undefined })} />
      ) : null}
    </>
  );
}
