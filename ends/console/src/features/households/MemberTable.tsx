import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Table, Tag, Typography } from 'antd';
import { NameText } from '../../parts/index.ts';
import { useSession } from '../../shell/session.tsx';
import type { Dossier, MaskedField } from './queries.ts';
import type { Revealed } from './RevealDialog.tsx';

type Member = Dossier['members'][number];

/** Masked values of one party in one line. */
function Masked({ fields }: { fields: readonly MaskedField[] }) {
  const t = useT();
  if (fields.length === 0) return <>—</>;
  return (
    <Flex wrap gap={8}>
      {fields.map(({ field, slot, masked }) => (
        <Typography.Text key={`${field} ${slot}`}>
          <Typography.Text type="secondary">{t(`households.fields.${field}`)}</Typography.Text> {masked}
        </Typography.Text>
      ))}
    </Flex>
  );
}

/** Who belongs to the household, with marks of care for those who may see them. */
export function MemberTable({ dossier, onReveal }: { dossier: Dossier; onReveal(of: Revealed): void }) {
  const t = useT();
  const { may } = useSession();
  return (
    <Table<Member>
      size="small"
      rowKey={(row) => `${row.person} ${row.from}`}
      dataSource={dossier.members}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t('households.member'),
          render: (_, row) => (
            <>
              <NameText party={row.person} name={row.name} />{' '}
              {dossier.marks
                .filter(({ person }) => person === row.person)
                .map(({ id, kind, source }) => (
                  <Tag key={id} color="gold" title={source}>
                    {t(`households.marks.${kind}`)}
                  </Tag>
                ))}
            </>
          ),
        },
        { title: t('households.relation'), width: 110, render: (_, row) => t(`households.relations.${row.relation}`) },
        { title: t('households.period'), width: 200, render: (_, row) => `${row.from} – ${row.until ?? ''}` },
        { title: t('households.data'), render: (_, row) => <Masked fields={row.fields} /> },
        {
          title: '',
          width: 90,
          render: (_, row) =>
            may('party:reveal') && row.fields.length > 0 ? (
              <Button
                size="small"
                onClick={() =>
                  onReveal({ party: row.person, name: row.name, fields: row.fields.map(({ field }) => field) })
                }
              >
                {t('households.reveal')}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}
