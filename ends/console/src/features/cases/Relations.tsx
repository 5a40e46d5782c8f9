import { LinkOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Flex, Popconfirm, Select, Typography } from 'antd';
import { useState } from 'react';
import { AboutLink } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CaseFile, useChange } from './queries.ts';

type LinkBody = Parameters<typeof sdk.cases.link>[0]['body'];
const relations: LinkBody['relation'][] = ['parent', 'caused-by', 'duplicates'];

const subjectKinds = ['thing', 'device', 'alarm', 'place', 'case'];

/** What a case is about, by the page that shows it. */
export function SubjectLink({ subject }: { subject: { kind: string; id: string; label: string } }) {
  return <AboutLink kind={subject.kind} id={subject.id} words={subject.label || subject.id} />;
}

function LinkForm({ file }: { file: CaseFile }) {
  const t = useT();
  const [text, setText] = useState('');
  const [relation, setRelation] = useState<LinkBody['relation']>('caused-by');
  const [target, setTarget] = useState<string>();
  const found = useQuery({
    queryKey: ['cases', 'to-link', text],
    queryFn: () => sdk.cases.list({ query: { limit: 20, ...(text ? { text } : {}) } }),
    staleTime: 10_000,
  });
  const add = useChange((body: LinkBody) => sdk.cases.link({ params: { id: file.id }, body }));
  return (
    <Flex vertical gap={8}>
      {add.error ? <Alert type="error" title={said(add.error)} /> : null}
      <Flex gap={8} wrap>
        <Select
          value={relation}
          onChange={setRelation}
          aria-label={t('cases.relationLabel')}
          style={{ width: 150 }}
          options={relations.map((each) => ({ value: each, label: t(`cases.relation.${each}`) }))}
        />
        <Select
          showSearch={{ filterOption: false, onSearch: setText }}
          value={target}
          onChange={setTarget}
          loading={found.isFetching}
          placeholder={t('cases.otherCase')}
          aria-label={t('cases.otherCase')}
          style={{ width: 320 }}
          options={found.data?.items
            .filter(({ id }) => id !== file.id)
            .map(({ id, code, title }) => ({ value: id, label: `${code} ${title}` }))}
        />
        <Button
          icon={<LinkOutlined />}
          disabled={!target}
          loading={add.isPending}
          onClick={() => target && add.mutate({ relation, target }, { onSuccess: () => setTarget(undefined) })}
        >
          {t('cases.link')}
        </Button>
      </Flex>
    </Flex>
  );
}

/** What the case is about and which others it hangs together with. */
export function Relations({ file }: { file: CaseFile }) {
  const t = useT();
  const { may } = useSession();
  const remove = useChange((query: LinkBody) => sdk.cases.unlink({ params: { id: file.id }, query }));
  const mayLink = may('case:write') && !file.endedAt;
  return (
    <Flex vertical gap={16}>
      <div>
        <Typography.Title level={5}>{t('cases.subjects')}</Typography.Title>
        {file.subjects.length === 0 ? (
          <Typography.Text type="secondary">{t('cases.noSubjects')}</Typography.Text>
        ) : null}
        {file.subjects.map((subject) => (
          <div key={`${subject.kind}:${subject.id}`}>
            <Typography.Text type="secondary">
              {t(`cases.subjectKind.${subjectKinds.includes(subject.kind) ? subject.kind : 'other'}`)}{' '}
            </Typography.Text>
            <SubjectLink subject={subject} />
          </div>
        ))}
      </div>
      <div>
        <Typography.Title level={5}>{t('cases.links')}</Typography.Title>
        {remove.error ? <Alert type="error" title={said(remove.error)} /> : null}
        {file.links.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noLinks')} />
        ) : null}
        {file.links.map((link) => {
          const relation = relations.find((each) => each === link.relation);
          return (
            <Flex key={`${link.relation}:${link.target}`} gap={8} align="center">
              <Typography.Text type="secondary">{t(`cases.relation.${link.relation}`)}</Typography.Text>
              <SubjectLink
                subject={{
                  kind: link.targetKind,
                  id: link.target,
                  label: [link.code, link.title].filter(Boolean).join(' '),
                }}
              />
              {mayLink && relation && link.targetKind === 'case' ? (
                <Popconfirm
                  title={t('cases.unlinkSure')}
                  onConfirm={() => remove.mutate({ relation, target: link.target })}
                >
                  <Button size="small" type="text">
                    {t('cases.unlink')}
                  </Button>
                </Popconfirm>
              ) : null}
            </Flex>
          );
        })}
      </div>
      {mayLink ? <LinkForm file={file} /> : null}
    </Flex>
  );
}
