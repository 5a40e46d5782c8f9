import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import { EnabledSwitch, RemoveButton } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { ActionText } from './ActionText.tsx';
import { LinkageEditor } from './LinkageEditor.tsx';
import { type Linkage, type LinkageBody, useLinkages, useRemoveLinkage, useSaveLinkage } from './queries.ts';
import { TrialDialog } from './TrialDialog.tsx';
import { useLinkageWords } from './words.ts';

const bodyOf = ({ name, place, enabled, trigger, action, hours, perMinute }: Linkage): LinkageBody => ({
  ...{ name, place, enabled, trigger, action, perMinute },
  ...(hours ? { hours } : {}),
});

/** Rules that give commands when something happens, and how often their guards held them back. */
export default function LinkagesPage() {
  const t = useT();
  const words = useLinkageWords();
  const { message } = App.useApp();
  const { may } = useSession();
  const list = useLinkages();
  const save = useSaveLinkage();
  const remove = useRemoveLinkage();
  const [edited, setEdited] = useState<Linkage | 'new'>();
  const [tried, setTried] = useState<LinkageBody>();
  const mayWrite = may('command:rule');
  const failed = (cause: unknown) => void message.error(said(cause));
  const rows = list.data?.items;
  return (
    <>
      <ListPage<Linkage>
        title={t('commands.linkages.title')}
        total={rows?.length}
        query={<Typography.Text type="secondary">{t('commands.linkages.hint')}</Typography.Text>}
        actions={
          mayWrite ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
              {t('commands.linkages.add')}
            </Button>
          ) : null
        }
        columns={[
          {
            title: t('commands.linkages.name'),
            render: (_, row) => <Typography.Text strong>{row.name}</Typography.Text>,
          },
          { title: t('commands.linkages.when'), render: (_, row) => words.trigger(row) },
          { title: t('commands.linkages.does'), render: (_, row) => <ActionText rule={row} /> },
          {
            title: t('commands.linkages.suppressed'),
            width: 190,
            render: (_, row) =>
              row.suppressed === 0
                ? '—'
                : t('commands.linkages.held', { count: row.suppressed, at: dateTime(row.lastSuppressedAt) }),
          },
          { title: t('commands.linkages.changed'), width: 170, render: (_, row) => dateTime(row.changedAt) },
          {
            title: t('commands.linkages.enabled'),
            width: 80,
            render: (_, row) => (
              <EnabledSwitch
                checked={row.enabled}
                disabled={!mayWrite}
                label={t('commands.linkages.enabledOf', { name: row.name })}
                onChange={(enabled) =>
                  save.mutate({ rule: row, body: { ...bodyOf(row), enabled } }, { onError: failed })
                }
              />
            ),
          },
          {
            title: '',
            width: 130,
            render: (_, row) =>
              mayWrite ? (
                <Flex>
                  <Button
                    size="small"
                    type="text"
                    onClick={(event) => {
                      event.stopPropagation();
                      setTried(bodyOf(row));
                    }}
                  >
                    {t('commands.linkages.try')}
                  </Button>
                  <RemoveButton
                    text={t('commands.linkages.remove')}
                    sure={t('commands.linkages.removeSure', { name: row.name })}
                    onConfirm={() => remove.mutate(row.id, { onError: failed })}
                  />
                </Flex>
              ) : null,
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={mayWrite ? setEdited : undefined}
        empty={t('commands.linkages.empty')}
      />
      {edited ? (
        <LinkageEditor
          rule={edited === 'new' ? undefined : edited}
          onTry={setTried}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
      {tried ? <TrialDialog rule={tried} onClose={() => setTried(undefined)} /> : null}
    </>
  );
}
