import { useTexts } from '@keystead/ui/i18n';
import { Card, Flex, Table, Tag, Tree, Typography } from 'antd';
import { useState } from 'react';
import { ByteRows } from './ByteRows.tsx';
import { branchesOf, type Span } from './frame-tree.ts';
import type { Frame } from './queries.ts';

const colours = { right: 'success', wrong: 'error', none: 'default' } as const;

/** One guess: how sure, the checksum, the parts beside their bytes, and what would be stored. */
export function FrameCard({ frame, hex }: { frame: Frame; hex: string }) {
  const { t, language } = useTexts();
  const [lit, setLit] = useState<Span>();
  const { branches, spans } = branchesOf(frame.fields, language === 'en' ? 'en' : 'zh');
  const light = (key: unknown) => setLit(spans.get(String(key)));
  return (
    <Card
      size="small"
      title={
        <Flex gap={8} align="center" wrap>
          <strong>{frame.protocol}</strong>
          <Tag>{t('codecs.desk.certainty', { percent: Math.round(frame.certainty * 100) })}</Tag>
          <Tag color={colours[frame.checksum]}>{t(`codecs.desk.checksum.${frame.checksum}`)}</Tag>
          <Typography.Text type="secondary">
            {t('codecs.desk.bytes', { start: frame.start, end: frame.end })}
          </Typography.Text>
        </Flex>
      }
    >
      <Flex gap={16} wrap>
        <Tree
          style={{ flex: 1, minWidth: 280 }}
          defaultExpandAll
          treeData={branches}
          onSelect={(keys) => light(keys[0])}
          onMouseEnter={({ node }) => light(node.key)}
        />
        <ByteRows hex={hex} frame={frame} lit={lit} />
      </Flex>
      {frame.refused ? (
        <Typography.Text type="danger">
          {`${frame.refused.refused}${frame.refused.detail ? `: ${frame.refused.detail}` : ''}`}
        </Typography.Text>
      ) : null}
      {frame.points.length > 0 ? (
        <Table
          size="small"
          rowKey={(point) => `${point.kind} ${point.device} ${point.time} ${point.name}`}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          dataSource={frame.points}
          columns={[
            { title: t('codecs.desk.kind'), width: 90, render: (_, { kind }) => t(`codecs.desk.kinds.${kind}`) },
            { title: t('codecs.desk.device'), render: (_, { device }) => device },
            { title: t('codecs.desk.point'), render: (_, { name }) => <code>{name}</code> },
            { title: t('codecs.desk.value'), render: (_, { value }) => JSON.stringify(value) },
          ]}
        />
      ) : null}
    </Card>
  );
}
