import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Select, Tag, Typography, Upload } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { oneOf, useAddress, useDownload } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { AdvisoryDrawer } from './AdvisoryDrawer.tsx';
import { type Task, taskStates, useCheck, useImport, useTasks } from './queries.ts';

const colours: Record<Task['state'], string> = { open: 'error', verified: 'success', waived: 'default' };

/** The bill as a file; the client reads JSON answers, so it is written out again. */
const bill = async () => new Blob([JSON.stringify(await sdk.patches.bill(), null, 1)], { type: 'application/json' });

/** Work that removes known weaknesses: what is affected, how far the case is, what the last reading found. */
export default function PatchesPage() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { get, put } = useAddress();
  const { busy, download } = useDownload();
  const state = oneOf(taskStates, get('state'));
  const list = useTasks(state);
  const check = useCheck();
  const take = useImport();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const failed = (cause: unknown) => void message.error(said(cause));

  return (
    <>
      <ListPage<Task>
        title={t('patches.title')}
        actions={
          <>
            <Button loading={busy} onClick={() => void download('keystead.cdx.json', bill)}>
              {t('patches.bill')}
            </Button>
            {may('patch:manage') ? (
              <>
                <Upload
                  accept=".json"
                  showUploadList={false}
                  beforeUpload={(file) => {
                    void file.text().then((text) =>
                      take.mutate(text, {
                        onSuccess: ({ added, changed, refused }) =>
                          void message.info(t('patches.imported', { added, changed, refused: refused.length })),
                        onError: failed,
                      }),
                    );
                    return false;
                  }}
                >
                  <Button loading={take.isPending}>{t('patches.import')}</Button>
                </Upload>
                <Button
                  type="primary"
                  loading={check.isPending}
                  onClick={() =>
                    check.mutate(undefined, {
                      onSuccess: ({ opened, verified, reopened }) =>
                        void message.success(t('patches.checked', { opened, verified, reopened })),
                      onError: failed,
                    })
                  }
                >
                  {t('patches.check')}
                </Button>
              </>
            ) : null}
          </>
        }
        query={
          <Select
            allowClear
            placeholder={t('patches.state')}
            aria-label={t('patches.state')}
            style={{ width: 150 }}
            value={state}
            onChange={(chosen?: string) => put({ state: chosen })}
            options={taskStates.map((each) => ({ value: each, label: t(`patches.states.${each}`) }))}
          />
        }
        columns={[
          { title: t('patches.severity'), width: 90, render: (_, row) => <SeverityMark severity={row.severity} /> },
          {
            title: t('patches.advisory'),
            render: (_, row) => (
              <>
                <Typography.Text code>{row.code}</Typography.Text> {row.title}
              </>
            ),
          },
          {
            title: t('patches.group'),
            render: (_, row) =>
              row.group === 'platform'
                ? t('patches.platform')
                : t('patches.family', { family: row.group.slice('family:'.length) }),
          },
          {
            title: t('patches.state'),
            width: 110,
            render: (_, row) => <Tag color={colours[row.state]}>{t(`patches.states.${row.state}`)}</Tag>,
          },
          { title: t('patches.affected'), width: 90, align: 'right', render: (_, row) => row.affected },
          { title: t('patches.patched'), width: 90, align: 'right', render: (_, row) => row.patched },
          {
            title: t('patches.case'),
            width: 170,
            render: (_, row) => (
              <Link to={`/cases/${row.caseId}`} onClick={(event) => event.stopPropagation()}>
                {row.caseCode}
              </Link>
            ),
          },
          { title: t('patches.checkedAt'), width: 170, render: (_, row) => dateTime(row.checkedAt) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ advisory: row.advisory })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(state ? 'patches.emptyFiltered' : 'patches.empty')}
      />
      <AdvisoryDrawer id={get('advisory')} onClose={() => put({ advisory: undefined })} />
    </>
  );
}
