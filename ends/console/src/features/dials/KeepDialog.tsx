import { CameraOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Form, Input, Upload } from 'antd';
import { useState } from 'react';
import { FormDialog, SiteTimeField } from '../../parts/index.ts';
import { all, type Check, type Kept, keepPhoto } from './queries.ts';

interface Filled {
  photo: File;
  dial: string;
  takenAt?: string;
}

function PhotoOf({ id, onChange }: { id?: string; onChange?(photo: File): void }) {
  const t = useT();
  const [name, setName] = useState('');
  return (
    <Upload
      accept="image/*"
      showUploadList={false}
      beforeUpload={(photo) => {
        setName(photo.name);
        onChange?.(photo);
        return false;
      }}
    >
      <Button {...(id ? { id } : {})} icon={<CameraOutlined />}>
        {name || t('dials.choosePhoto')}
      </Button>
    </Upload>
  );
}

interface KeepDialogProps {
  thing: string;
  onClose(): void;
  onKept(check: Check): void;
}

/** A photo of a dial and the digits that stand there; what the register said is found by the platform. */
export function KeepDialog({ thing, onClose, onKept }: KeepDialogProps) {
  const t = useT();
  return (
    <FormDialog<Filled, Check>
      title={t('dials.add')}
      stale={[all]}
      run={({ photo, dial, takenAt }) => {
        const kept: Kept = { photo, dial: dial.trim(), takenAt: takenAt ?? new Date().toISOString() };
        return keepPhoto(thing, kept);
      }}
      onClose={onClose}
      onDone={onKept}
    >
      <Form.Item name="photo" label={t('dials.photo')} rules={[{ required: true, message: t('dials.needPhoto') }]}>
        <PhotoOf />
      </Form.Item>
      <Form.Item
        name="dial"
        label={t('dials.dial')}
        extra={t('dials.dialHint')}
        rules={[{ required: true, pattern: /^\s*\d{1,12}(\.\d{1,6})?\s*$/, message: t('dials.digits') }]}
      >
        <Input style={{ width: 220 }} inputMode="decimal" />
      </Form.Item>
      <Form.Item name="takenAt" label={t('dials.takenAt')} extra={t('dials.nowUnless')}>
        <SiteTimeField />
      </Form.Item>
    </FormDialog>
  );
}
