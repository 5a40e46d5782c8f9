import { AppstoreOutlined, PlusOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Card, Flex, Segmented, Space, Typography } from 'antd';
import { useMemo } from 'react';
import { ExportButton } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { Board } from './Board.tsx';
import { CaseDrawer } from './CaseDrawer.tsx';
import { useCaseColumns } from './columns.tsx';
import { FilterBar } from './FilterBar.tsx';
import { useCaseFilter } from './filter.ts';
import { NewCase } from './NewCase.tsx';
import { type CaseLine, useCases, useFreshCases } from './queries.ts';

/** All cases 工单 as a list or as a board; the address holds filter, view and what is open. */
export default function CasesPage() {
  const t = useT();
  const { may } = useSession();
  const filter = useCaseFilter();
  const { put, view, query, ready, openId } = filter;
  const list = useCases(query, ready && view === 'list');
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const columns = useCaseColumns();
  useFreshCases();
  const error = filter.placeError ?? list.error;

  const actions = (
    <Space wrap>
      <Segmented
        value={view}
        options={[
          { value: 'list', icon: <UnorderedListOutlined />, label: t('cases.list') },
          { value: 'board', icon: <AppstoreOutlined />, label: t('cases.board') },
        ]}
        onChange={(next) => put({ view: next === 'board' ? 'board' : undefined })}
      />
      <ExportButton name={t('cases.fileName')} ask={(format) => sdk.cases.export({ query: { ...query, format } })} />
      {may('case:write') ? (
        <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ new: '1' })}>
          {t('cases.add')}
        </Button>
      ) : null}
    </Space>
  );

  return (
    <>
      {view === 'list' ? (
        <ListPage<CaseLine>
          title={t('cases.title')}
          total={list.data?.pages[0]?.total}
          actions={actions}
          query={<FilterBar filter={filter} />}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          loading={!error && (list.isPending || list.isFetchingNextPage)}
          error={error ? said(error) : undefined}
          onReload={() => void list.refetch()}
          onOpen={(row) => put({ case: row.id })}
          more={list.hasNextPage}
          onMore={() => void list.fetchNextPage()}
          empty={t(filter.narrowed ? 'cases.emptyFiltered' : `cases.empty.${filter.group}`)}
        />
      ) : (
        <Flex vertical gap={12}>
          <Flex justify="space-between" align="center" wrap gap={8}>
            <Typography.Title level={4} style={{ margin: 0 }}>
              {t('cases.boardTitle')}
            </Typography.Title>
            {actions}
          </Flex>
          <Card styles={{ body: { padding: 12 } }}>
            <Flex wrap gap={8} style={{ marginBottom: 12 }}>
              <FilterBar filter={filter} />
            </Flex>
            <Board filter={filter} />
          </Card>
        </Flex>
      )}
      <CaseDrawer id={openId} onClose={() => put({ case: undefined })} />
      {filter.draft ? (
        <NewCase
          subject={filter.subject}
          label={filter.draft.label}
          placeId={filter.placeId}
          onClose={() => put({ new: undefined, label: undefined })}
        />
      ) : null}
    </>
  );
}
