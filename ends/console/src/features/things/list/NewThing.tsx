import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { isProblem, said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type Thing, type ThingDraft, useChange, useModels } from '../queries.ts';
import { type Secret, SecretOnce } from '../SecretOnce.tsx';
import { useModelWords } from '../words.ts';
import { lifeStates } from './filter.ts';
import { PlaceChoice } from './PlaceChoice.tsx';

/** Registering one thing; a token is made with it when its model takes one, and shown once. */
export function NewThing({ onClose }: { onClose(): void }) {
  const t = useT();
  const navigate = useNavigate();
  const { may } = useSession();
  const models = useModels();
  const words = useModelWords(models.data);
  const [form] = Form.useForm<ThingDraft>();
  const [problem, setProblem] = useState<string>();
  const [made, setMade] = useState<{ thing: Thing; secret: Secret | undefined }>();
  const family = Form.useWatch('family', form);
  const model = models.data?.find((each) => each.family === family);
  const create = useChange(async (draft: ThingDraft) => {
    const thing = await sdk.things.create({ body: draft });
    const wanted = model?.authentication === 'secret' && may('thing:credential');
    const secret = wanted
      ? await sdk.things.issueCredential({ params: { id: thing.id }, body: { kind: 'token' } })
      : undefined;
    return { thing, secret };
  });

  async function save(draft: ThingDraft) {
    setProblem(undefined);
    try {
      setMade(await create.mutateAsync(draft));
    } catch (cause) {
      setProblem(said(cause));
      for (const fault of isProblem(cause) ? cause.errors : [])
        form.setFields([{ name: fault.pointer.slice(1) as 'code', errors: [fault.detail ?? fault.code] }]);
    }
  }

  if (made) {
    return (
      <Modal
        open
        title={t('things.made', { name: made.thing.name })}
        okText={t('things.openPage')}
        cancelText={t('things.close')}
        onOk={() => void navigate(`/things/${made.thing.id}`)}
        onCancel={onClose}
        mask={{ closable: false }}
      >
        {made.secret ? (
          <SecretOnce secret={made.secret} />
        ) : (
          <Alert type="info" showIcon title={t(`things.identity.${model?.authentication ?? 'secret'}`)} />
        )}
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t('things.add')}
      okText={t('things.save')}
      cancelText={t('things.cancel')}
      confirmLoading={create.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<ThingDraft>
        form={form}
        layout="vertical"
        initialValues={{ state: 'in-use' }}
        onFinish={(draft) => void save(draft)}
      >
        <Form.Item
          name="family"
          label={t('things.family')}
          rules={[{ required: true, message: t('things.needFamily') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={models.isPending}
            options={models.data?.map((each) => ({ value: each.family, label: words.model(each.family) }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t('things.name')} rules={[{ required: true, message: t('things.needName') }]}>
          <Input maxLength={120} placeholder={t('things.nameHint')} />
        </Form.Item>
        <Form.Item
          name="code"
          label={t('things.code')}
          extra={t('things.codeHint')}
          rules={[
            { required: true, message: t('things.needCode') },
            { pattern: /^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff._:/#-]{0,62}$/, message: t('things.badCode') },
          ]}
        >
          <Input maxLength={63} />
        </Form.Item>
        <Form.Item name="placeId" label={t('things.place')}>
          <PlaceChoice width="100%" />
        </Form.Item>
        {model?.authentication === 'certificate' ? null : (
          <Form.Item name="gateway" label={t('things.gateway')} extra={t('things.gatewayHint')}>
            <Input maxLength={63} />
          </Form.Item>
        )}
        <Form.Item name="state" label={t('things.stateLabel')} extra={t('things.stateHint')}>
          <Select
            options={lifeStates.slice(0, -2).map((state) => ({ value: state, label: t(`things.states.${state}`) }))}
          />
        </Form.Item>
        <Form.Item name="serial" label={t('things.field.serial')}>
          <Input maxLength={120} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
