import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Scene, useFreshCommands, useRemoveScene, useRunScene, useScenes } from './queries.ts';
import { RunDrawer } from './RunDrawer.tsx';
import { SceneEditor } from './SceneEditor.tsx';

/** Named sets of commands, run by one press; what failed is told. */
export default function ScenesPage() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  useFreshCommands();
  const list = useScenes();
  const run = useRunScene();
  const remove = useRemoveScene();
  const [edited, setEdited] = useState<Scene | 'new'>();
  const [shownRun, setShownRun] = useState<string>();
  const failed = (cause: unknown) => void message.error(said(cause));
  return (
    <>
      <ListPage<Scene>
        title={t('commands.scenes.title')}
        actions={
          may('command:scene') ? (
            <Button type="primary" onClick={() => setEdited('new')}>
              {t('commands.scenes.new')}
            </Button>
          ) : null
        }
        columns={[
          { title: t('commands.scenes.name'), render: (_, row) => row.name },
          {
            title: t('commands.scenes.steps'),
            render: (_, row) => row.steps.map((step) => `${step.thingName}: ${step.service}`).join(' → '),
          },
          { title: t('commands.scenes.changed'), width: 170, render: (_, row) => dateTime(row.changedAt) },
          {
            title: '',
            width: 220,
            render: (_, row) => (
              <Space onClick={(event) => event.stopPropagation()}>
                {may('command:send') ? (
                  <Popconfirm
                    title={t('commands.scenes.sure', { name: row.name })}
                    onConfirm={() => run.mutate(row.id, { onSuccess: ({ id }) => setShownRun(id), onError: failed })}
                  >
                    <Button size="small" type="primary">
                      {t('commands.scenes.run')}
                    </Button>
                  </Popconfirm>
                ) : null}
                {may('command:scene') ? (
                  <Popconfirm
                    title={t('commands.scenes.removeSure', { name: row.name })}
                    onConfirm={() => remove.mutate(row.id, { onError: failed })}
                  >
                    <Button size="small" danger>
                      {t('commands.scenes.remove')}
                    </Button>
                  </Popconfirm>
                ) : null}
              </Space>
            ),
          },
        ]}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => may('command:scene') && setEdited(row)}
        empty={t('commands.scenes.empty')}
      />
      {edited ? (
        <SceneEditor scene={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      ) : null}
      <RunDrawer id={shownRun} onClose={() => setShownRun(undefined)} />
    </>
  );
}
