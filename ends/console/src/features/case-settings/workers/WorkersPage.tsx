import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Form, InputNumber, Progress, Select, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { FormDialog, PersonChoice } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useWorkers, type Worker, workersKey } from '../queries.ts';
import { SettingTabs } from '../SettingTabs.tsx';
import { Consents } from './Consents.tsx';
import { skillOptions, useSkillName } from './skills.ts';

interface Filled {
  account: string;
  skills: string[];
  most: number;
}

/** Whom work is given to by itself: what each can do, how much he takes at once, and what he has on his hands. */
export default function WorkersPage() {
  const { t } = useTexts();
  const { may } = useSession();
  const { data, error, isPending, refetch } = useWorkers();
  const nameOf = useSkillName();
  const [edited, setEdited] = useState<Worker | 'new'>();
  const allowed = may('case:assign');
  return (
    <>
      <SettingTabs />
      <ListPage<Worker>
        title={t('caseSettings.pages.case-workers')}
        actions={
          allowed ? (
            <Button type="primary" onClick={() => setEdited('new')}>
              {t('caseSettings.crew.addWorker')}
            </Button>
          ) : null
        }
        query={<Typography.Text type="secondary">{t('caseSettings.crew.workersHint')}</Typography.Text>}
        columns={[
          { title: t('caseSettings.crew.worker'), width: 180, render: (_, row) => row.name },
          {
            title: t('caseSettings.crew.skills'),
            render: (_, row) => row.skills.map((skill) => <Tag key={skill}>{nameOf(skill)}</Tag>),
          },
          {
            title: t('caseSettings.crew.load'),
            width: 240,
            render: (_, { load, most }) => (
              <Space>
                <Progress
                  type="line"
                  size="small"
                  style={{ width: 120 }}
                  showInfo={false}
                  percent={Math.min(100, Math.round((load / most) * 100))}
                  status={load >= most ? 'exception' : 'normal'}
                />
                {t('caseSettings.crew.loadOf', { load, most })}
                {load >= most ? <Tag color="error">{t('caseSettings.crew.full')}</Tag> : null}
                {load === 0 ? <Tag>{t('caseSettings.crew.free')}</Tag> : null}
              </Space>
            ),
          },
          {
            title: '',
            width: 90,
            render: (_, row) =>
              allowed ? (
                <Button size="small" onClick={() => setEdited(row)}>
                  {t('caseSettings.crew.edit')}
                </Button>
              ) : null,
          },
        ]}
        rows={data}
        rowKey={(row) => row.account}
        loading={isPending}
        error={error ? said(error) : undefined}
        onReload={() => void refetch()}
        empty={t('caseSettings.crew.emptyWorkers')}
      />
      <Consents />
      {edited ? (
        <FormDialog<Filled>
          title={edited === 'new' ? t('caseSettings.crew.addWorker') : edited.name}
          stale={[workersKey]}
          initial={edited === 'new' ? { skills: [], most: 10 } : edited}
          run={({ account, skills, most }) => sdk.caseWorkers.set({ params: { account }, body: { skills, most } })}
          onClose={() => setEdited(undefined)}
        >
          <Form.Item
            name="account"
            label={t('caseSettings.crew.worker')}
            rules={[{ required: true }]}
            hidden={edited !== 'new'}
          >
            <PersonChoice />
          </Form.Item>
          <Form.Item name="skills" label={t('caseSettings.crew.skills')} extra={t('caseSettings.crew.skillsHint')}>
            <Select
              mode="tags"
              options={skillOptions.map((value) => ({ value, label: nameOf(value) }))}
              tokenSeparators={[',', '，', ' ']}
            />
          </Form.Item>
          <Form.Item name="most" label={t('caseSettings.crew.most')} rules={[{ required: true }]}>
            <InputNumber min={1} max={200} precision={0} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}
