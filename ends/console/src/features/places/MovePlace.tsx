import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Modal, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { PlaceTree } from './PlaceTree.tsx';
import { type Place, useMovePlace, usePlace } from './queries.ts';

/** Hanging a place up elsewhere: everything below it, its things, alarms and rights follow. */
export function MovePlace({ place, onClose }: { place: Place; onClose(): void }) {
  const t = useT();
  const move = useMovePlace();
  const [target, setTarget] = useState<string>();
  const chosen = usePlace(target);
  return (
    <Modal
      open
      title={t('places.moveTitle', { name: place.name })}
      okText={chosen.data ? t('places.moveTo', { name: chosen.data.name }) : t('places.move')}
      cancelText={t('places.cancel')}
      okButtonProps={{ disabled: target === undefined || target === place.id, loading: move.isPending }}
      onOk={() => target && move.mutate({ place, parent: target }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t('places.moveMeans')}</Typography.Text>
        {move.error ? <Alert type="error" showIcon title={said(move.error)} /> : null}
        <div style={{ maxHeight: 360, overflow: 'auto' }}>
          <PlaceTree selected={target} onSelect={setTarget} />
        </div>
      </Flex>
    </Modal>
  );
}
