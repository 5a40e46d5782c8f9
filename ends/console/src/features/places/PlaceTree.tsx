import { useT } from '@keystead/ui/i18n';
import { Alert, Empty, Flex, Input, List, Skeleton, Tree, Typography } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { kindIcons } from './kinds.tsx';
import { type PlaceNode, useBranches, useFound, useLineage } from './queries.ts';

interface Branch {
  key: string;
  title: string;
  icon: React.ReactNode;
  isLeaf: boolean;
  children?: Branch[];
}

/** The tree of places: branches are fetched as they are opened, a search shows hits instead. */
export function PlaceTree({ selected, onSelect }: { selected: string | undefined; onSelect(id: string): void }) {
  const t = useT();
  const [text, setText] = useState('');
  const [expanded, setExpanded] = useState<string[]>([]);
  const lineage = useLineage(selected);
  const roots = useMemo(() => [undefined, ...expanded], [expanded]);
  const branches = useBranches(roots);

  // What is selected is shown, also when the address named it.
  useEffect(() => {
    const above = lineage.data?.slice(0, -1).map((place) => place.id) ?? [];
    setExpanded((open) => (above.every((id) => open.includes(id)) ? open : [...new Set([...open, ...above])]));
  }, [lineage.data]);

  const branchOf = (node: PlaceNode): Branch => ({
    key: node.id,
    title: node.name,
    icon: kindIcons[node.kind],
    isLeaf: node.childCount === 0,
    children: branches[roots.indexOf(node.id)]?.data?.map(branchOf),
  });
  const top = branches[0];

  return (
    <Flex vertical gap={8} style={{ minHeight: 0 }}>
      <Input.Search
        allowClear
        placeholder={t('places.search')}
        aria-label={t('places.search')}
        onSearch={(value) => setText(value.trim())}
        onChange={(event) => event.target.value === '' && setText('')}
      />
      {text ? (
        <Found text={text} onSelect={onSelect} />
      ) : top?.isPending ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : top?.error ? (
        <Alert type="error" title={said(top.error)} />
      ) : top?.data?.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('places.emptyTree')} />
      ) : (
        <Tree<Branch>
          showIcon
          blockNode
          treeData={top?.data?.map(branchOf) ?? []}
          expandedKeys={expanded}
          onExpand={(keys) => setExpanded(keys.map(String))}
          selectedKeys={selected ? [selected] : []}
          onSelect={([key]) => key !== undefined && onSelect(String(key))}
          aria-label={t('places.tree')}
        />
      )}
    </Flex>
  );
}

function Found({ text, onSelect }: { text: string; onSelect(id: string): void }) {
  const t = useT();
  const { data, error, isPending } = useFound(text);
  if (error) return <Alert type="error" title={said(error)} />;
  return (
    <List
      size="small"
      loading={isPending}
      dataSource={data?.items}
      locale={{ emptyText: t('places.nothingFound') }}
      renderItem={(place) => (
        <List.Item style={{ paddingInline: 4 }}>
          <Typography.Link onClick={() => onSelect(place.id)}>
            {kindIcons[place.kind]} {place.name}{' '}
            <Typography.Text type="secondary">
              {place.code} · {t(`places.kind.${place.kind}`)}
            </Typography.Text>
          </Typography.Link>
        </List.Item>
      )}
    />
  );
}
