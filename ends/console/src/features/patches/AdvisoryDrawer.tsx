import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Descriptions, Drawer, Flex, Table, Tag, Typography } from 'antd';
import { AboutLink } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Finding, useAdvisory } from './queries.ts';

const colours: Record<Finding['state'], string> = { affected: 'error', patched: 'success', gone: 'default' };

/** One weakness with every asset that has it, or had it, and the version last read there. */
export function AdvisoryDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { data, error, isPending } = useAdvisory(id);
  const advisory = data?.advisory;
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={760} title={advisory?.code ?? ''} loading={isPending}>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {advisory ? (
        <Flex vertical gap={16}>
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'title', label: t('patches.advisory'), children: advisory.title },
              {
                key: 'severity',
                label: t('patches.severity'),
                children: <SeverityMark severity={advisory.severity} />,
              },
              { key: 'source', label: t('patches.source'), children: t(`patches.sources.${advisory.source}`) },
              { key: 'published', label: t('patches.publishedAt'), children: dateTime(advisory.publishedAt ?? null) },
              {
                key: 'links',
                label: t('patches.links'),
                children: (
                  <Flex vertical>
                    {advisory.links.map((link) => (
                      <Typography.Link key={link} href={link} target="_blank" rel="noreferrer">
                        {link}
                      </Typography.Link>
                    ))}
                  </Flex>
                ),
              },
            ]}
          />
          {advisory.summary ? <Typography.Paragraph>{advisory.summary}</Typography.Paragraph> : null}
          <Table<Finding>
            size="small"
            rowKey={(row) => `${row.asset} ${row.ecosystem} ${row.package}`}
            dataSource={data.findings}
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                title: t('patches.asset'),
                render: (_, row) =>
                  row.assetKind === 'thing' ? <AboutLink kind="thing" id={row.asset} words={row.label} /> : row.label,
              },
              { title: t('patches.package'), render: (_, row) => `${row.package} (${row.ecosystem})` },
              { title: t('patches.version'), render: (_, row) => row.version },
              { title: t('patches.fixed'), render: (_, row) => row.fixed ?? '—' },
              {
                title: t('patches.state'),
                render: (_, row) => <Tag color={colours[row.state]}>{t(`patches.found.${row.state}`)}</Tag>,
              },
              { title: t('patches.seenAt'), render: (_, row) => dateTime(row.seenAt) },
            ]}
          />
        </Flex>
      ) : null}
    </Drawer>
  );
}
