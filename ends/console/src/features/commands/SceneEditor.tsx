import { MinusCircleOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Card, Flex, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { InputFields } from './InputFields.tsx';
import { fieldsOf, inputFrom } from './input-form.ts';
import { type Scene, type Service, useModel, useSaveScene, useThingSearch } from './queries.ts';

interface DraftStep {
  thing: string;
  thingName: string;
  service: string;
  serviceName: string;
  input?: Record<string, unknown>;
}

/** A scene being written: each step is chosen from what its thing can do. */
export function SceneEditor({ scene, onClose }: { scene: Scene | undefined; onClose(): void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<{ name: string }>();
  const [steps, setSteps] = useState<DraftStep[]>(
    () => scene?.steps.map((step) => ({ ...step, serviceName: step.service })) ?? [],
  );
  const [problem, setProblem] = useState<string>();
  const refusal = useRefusal();
  const save = useSaveScene();

  function submit({ name }: { name: string }) {
    if (steps.length === 0) return setProblem(t('commands.scenes.noSteps'));
    const body = {
      name,
      place: scene?.place ?? '',
      steps: steps.map(({ thing, service, input }) => ({ thing, service, ...(input ? { input } : {}) })),
    };
    save.mutate(
      { scene, body },
      {
        onSuccess: onClose,
        onError: (cause) => {
          if (!refusal(form, cause)) setProblem(said(cause));
        },
      },
    );
  }

  return (
    <Modal
      open
      width={640}
      title={t(scene ? 'commands.scenes.edit' : 'commands.scenes.new')}
      okText={t('commands.save')}
      cancelText={t('commands.close')}
      confirmLoading={save.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={submit} initialValues={{ name: scene?.name }}>
        <Form.Item
          name="name"
          label={t('commands.scenes.name')}
          rules={[{ required: true, message: t('commands.required') }]}
        >
          <Input maxLength={80} />
        </Form.Item>
      </Form>
      <Flex vertical gap={8}>
        {steps.map((step, index) => (
          <Flex key={`${index} ${step.thing} ${step.service}`} justify="space-between">
            <span>
              {index + 1}. {step.thingName}: {step.serviceName} {step.input ? JSON.stringify(step.input) : ''}
            </span>
            <Button
              type="text"
              size="small"
              aria-label={t('commands.scenes.remove')}
              icon={<MinusCircleOutlined />}
              onClick={() => setSteps(steps.filter((_, n) => n !== index))}
            />
          </Flex>
        ))}
        <NewStep onAdd={(step) => setSteps([...steps, step])} />
        {problem ? <Alert type="error" showIcon title={problem} /> : null}
      </Flex>
    </Modal>
  );
}

function NewStep({ onAdd }: { onAdd(step: DraftStep): void }) {
  const { t, language } = useTexts();
  const [text, setText] = useState('');
  const [thingId, setThingId] = useState<string>();
  const [serviceId, setServiceId] = useState<string>();
  const [form] = Form.useForm<{ input?: Record<string, unknown> }>();
  const found = useThingSearch(text);
  const thing = found.data?.items.find(({ id }) => id === thingId);
  const model = useModel(thing?.family ?? '', thing?.modelVersion);
  const nameOf = ({ name }: Service) => (language === 'en' ? name.en : name.zh);
  const service = model.data?.services.find(({ id }) => id === serviceId);
  const fields = fieldsOf(service?.input);

  function add({ input: filled = {} }: { input?: Record<string, unknown> }) {
    const input = inputFrom(fields, filled);
    if (!thing || !service || !input) return;
    onAdd({
      thing: thing.id,
      thingName: thing.name,
      service: service.id,
      serviceName: nameOf(service),
      ...(fields.length > 0 ? { input } : {}),
    });
    setServiceId(undefined);
    form.resetFields();
  }

  return (
    <Card size="small" title={t('commands.scenes.add')}>
      <Form form={form} layout="vertical" onFinish={add}>
        <Flex gap={8} wrap>
          <Select
            style={{ minWidth: 260 }}
            showSearch={{ filterOption: false, onSearch: setText }}
            loading={found.isFetching}
            placeholder={t('commands.thing')}
            aria-label={t('commands.thing')}
            value={thingId}
            onChange={(id: string) => {
              setThingId(id);
              setServiceId(undefined);
            }}
            options={found.data?.items.map((each) => ({ value: each.id, label: `${each.name} · ${each.code}` }))}
          />
          <Select
            style={{ minWidth: 180 }}
            placeholder={t('commands.service')}
            aria-label={t('commands.service')}
            value={serviceId}
            onChange={setServiceId}
            options={model.data?.services
              .filter(({ autonomy }) => autonomy === undefined)
              .map((each) => ({ value: each.id, label: nameOf(each) }))}
          />
        </Flex>
        <InputFields fields={fields} />
        <Button htmlType="submit" disabled={!service} style={{ marginTop: 8 }}>
          {t('commands.scenes.addStep')}
        </Button>
      </Form>
    </Card>
  );
}
