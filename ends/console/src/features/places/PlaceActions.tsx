import { DeleteOutlined, DragOutlined, EditOutlined, MoreOutlined, PauseCircleOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Dropdown, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { MovePlace } from './MovePlace.tsx';
import { PlaceEditor } from './PlaceEditor.tsx';
import { type Place, useRemovePlace, useUpdatePlace } from './queries.ts';

/** What may be done with a place; the ones that take something away stand apart and ask first. */
export function PlaceActions({ place }: { place: Place }) {
  const t = useT();
  const { may } = useSession();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const update = useUpdatePlace();
  const remove = useRemovePlace();
  const [dialog, setDialog] = useState<'edit' | 'move'>();
  if (!may('place:write')) return null;

  const tell = (cause: unknown) => void message.error(said(cause));
  const retire = () =>
    void modal.confirm({
      title: t(place.retired ? 'places.reviveSure' : 'places.retireSure', { name: place.name }),
      content: place.retired ? undefined : t('places.retireMeans'),
      okText: t(place.retired ? 'places.revive' : 'places.retire'),
      cancelText: t('places.cancel'),
      onOk: () => update.mutateAsync({ place, change: { retired: !place.retired } }).catch(tell),
    });
  const away = () =>
    void modal.confirm({
      title: t('places.removeSure', { name: place.name }),
      content: t('places.removeMeans'),
      okText: t('places.remove'),
      cancelText: t('places.cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync(place.id).then(() => navigate(place.parent ? `/places/${place.parent}` : '/places'), tell),
    });

  return (
    <Space>
      <Button icon={<EditOutlined />} onClick={() => setDialog('edit')}>
        {t('places.edit')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'move', icon: <DragOutlined />, label: t('places.move'), onClick: () => setDialog('move') },
            {
              key: 'retire',
              icon: <PauseCircleOutlined />,
              label: t(place.retired ? 'places.revive' : 'places.retire'),
              onClick: retire,
            },
            { type: 'divider' },
            { key: 'remove', icon: <DeleteOutlined />, danger: true, label: t('places.remove'), onClick: away },
          ],
        }}
      >
        <Button icon={<MoreOutlined />} aria-label={t('places.moreActions')} />
      </Dropdown>
      {dialog === 'edit' ? <PlaceEditor place={place} onClose={() => setDialog(undefined)} /> : null}
      {dialog === 'move' ? <MovePlace place={place} onClose={() => setDialog(undefined)} /> : null}
    </Space>
  );
}
