import { useT } from '@keystead/ui/i18n';
import { Badge, Button, Card, Flex, Result, Skeleton, Tabs } from 'antd';
import { Link, useParams } from 'react-router';
import { oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { CaseHeader } from './CaseHeader.tsx';
import { Checklist } from './Checklist.tsx';
import { Conversation } from './Conversation.tsx';
import { Costs } from './Costs.tsx';
import { Evidence } from './Evidence.tsx';
import { FieldEntries } from './FieldEntries.tsx';
import { History } from './History.tsx';
import { MaintenanceRecords } from './MaintenanceRecords.tsx';
import { Overview } from './Overview.tsx';
import { type CaseFile, useCase, useFreshCases } from './queries.ts';
import { Relations } from './Relations.tsx';

const tabs = [
  'overview',
  'checklist',
  'conversation',
  'evidence',
  'field',
  'maintenance',
  'costs',
  'relations',
  'history',
] as const;
type Tab = (typeof tabs)[number];
/** Kinds that are signed for when they are done. */
const tabsOf = ({ kind }: CaseFile): readonly Tab[] =>
  tabs.filter((tab) => tab !== 'maintenance' || kind === 'maintenance');

const counts: Partial<Record<Tab, (file: CaseFile) => number>> = {
  checklist: (file) => file.items.filter((item) => !item.doneAt).length,
  conversation: (file) => file.comments.length,
  evidence: (file) => file.evidence.length,
  costs: (file) => file.costs.length,
  relations: (file) => file.links.length,
};

function body(tab: Tab, file: CaseFile) {
  if (tab === 'checklist') return <Checklist file={file} adding />;
  if (tab === 'conversation') return <Conversation file={file} />;
  if (tab === 'evidence') return <Evidence file={file} />;
  if (tab === 'field') return <FieldEntries file={file} />;
  if (tab === 'maintenance') return <MaintenanceRecords file={file} />;
  if (tab === 'costs') return <Costs file={file} />;
  if (tab === 'relations') return <Relations file={file} />;
  if (tab === 'history') return <History file={file} />;
  return <Overview file={file} />;
}

/** One case with everything in its file. */
export default function CasePage() {
  const t = useT();
  const { id } = useParams();
  const { get, put } = useAddress();
  const { data, error, refetch } = useCase(id);
  useFreshCases();
  if (error) {
    return (
      <Result
        status="warning"
        title={said(error)}
        extra={
          <Flex gap={8} justify="center">
            <Button onClick={() => void refetch()}>{t('cases.retry')}</Button>
            <Link to="/cases">
              <Button type="primary">{t('cases.toList')}</Button>
            </Link>
          </Flex>
        }
      />
    );
  }
  if (!data) return <Skeleton active />;
  return (
    <Flex vertical gap={12}>
      <Card>
        <CaseHeader file={data} />
      </Card>
      <Card styles={{ body: { paddingTop: 4 } }}>
        <Tabs
          activeKey={oneOf(tabsOf(data), get('tab')) ?? 'overview'}
          onChange={(tab) => put({ tab: tab === 'overview' ? undefined : tab })}
          items={tabsOf(data).map((tab) => ({
            key: tab,
            label: (
              <span>
                {t(`cases.tab.${tab}`)}{' '}
                <Badge count={counts[tab]?.(data) ?? 0} size="small" color="#64748b" overflowCount={999} />
              </span>
            ),
            children: body(tab, data),
          }))}
        />
      </Card>
    </Flex>
  );
}
