import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { App, Button, Checkbox, Col, Form, Input, InputNumber, Modal, Row, Select, Space, Tag } from 'antd';
import { PlaceChoice } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { draftOf, type Filled, filledFrom, triggerOf } from './filled.ts';
import {
  cycles,
  freeDays,
  kinds,
  type Plan,
  systems,
  useChangePlan,
  useCreatePlan,
  usePreview,
  useWorks,
} from './queries.ts';

/** A plan as a form; the dates it will come to are shown while it is written. An edit is for what comes. */
export function PlanEditor({ plan, onClose }: { plan?: Plan; onClose(): void }) {
  const { t, language } = useTexts();
  const works = useWorks();
  const { message } = App.useApp();
  const [form] = Form.useForm<Filled>();
  const filled = Form.useWatch([], form) as Filled | undefined;
  const preview = usePreview(filled ? triggerOf(filled) : undefined);
  const create = useCreatePlan();
  const change = useChangePlan();
  const told = { onSuccess: onClose, onError: (cause: unknown) => void message.error(said(cause)) };
  function send(values: Filled): void {
    const { definition, ...rest } = draftOf(values, plan?.definition);
    if (plan) change.mutate({ plan, change: { name: rest.name, definition } }, told);
    else create.mutate({ ...rest, definition }, told);
  }
  const needed = [{ required: true, message: t('plans.needed') }];
  return (
    <Modal
      open
      width={760}
      title={plan ? t('plans.editTitle') : t('plans.add')}
      okText={t('plans.save')}
      cancelText={t('plans.cancel')}
      confirmLoading={create.isPending || change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" initialValues={filledFrom(plan)} onFinish={send}>
        <Row gutter={12}>
          <Col xs={24} md={8}>
            <Form.Item name="code" label={t('plans.code')} rules={needed}>
              <Input maxLength={40} disabled={plan !== undefined} />
            </Form.Item>
          </Col>
          <Col xs={24} md={16}>
            <Form.Item name="name" label={t('plans.name')} rules={needed}>
              <Input maxLength={120} />
            </Form.Item>
          </Col>
          <Col xs={12} md={6}>
            <Form.Item name="kind" label={t('plans.kindLabel')} rules={needed}>
              <Select
                options={kinds.map((value) => ({ value, label: t(`plans.kind.${value}`) }))}
                disabled={plan !== undefined}
              />
            </Form.Item>
          </Col>
          <Col xs={12} md={6}>
            <Form.Item name="system" label={t('plans.systemLabel')} rules={needed}>
              <Select
                options={systems.map((value) => ({ value, label: t(`plans.system.${value}`) }))}
                disabled={plan !== undefined}
              />
            </Form.Item>
          </Col>
          <Col xs={12} md={6}>
            <Form.Item name="every" label={t('plans.cycleLabel')} rules={needed}>
              <Select options={cycles.map((value) => ({ value, label: t(`plans.cycle.${value}`) }))} />
            </Form.Item>
          </Col>
          <Col xs={12} md={6}>
            <Form.Item name="interval" label={t('plans.interval')} rules={needed}>
              <InputNumber min={1} max={400} style={{ width: '100%' }} />
            </Form.Item>
          </Col>
          <Col xs={12} md={6}>
            <Form.Item name="from" label={t('plans.from')} rules={needed}>
              <Input type="date" />
            </Form.Item>
          </Col>
          <Col xs={12} md={6}>
            <Form.Item name="at" label={t('plans.at')} rules={needed}>
              <Input type="time" />
            </Form.Item>
          </Col>
          <Col xs={12} md={6}>
            <Form.Item name="freeDays" label={t('plans.freeDaysLabel')} rules={needed}>
              <Select options={freeDays.map((value) => ({ value, label: t(`plans.freeDays.${value}`) }))} />
            </Form.Item>
          </Col>
          <Col xs={12} md={6}>
            <Form.Item name="allowHours" label={t('plans.allow')} rules={needed}>
              <InputNumber min={1} max={8760} style={{ width: '100%' }} />
            </Form.Item>
          </Col>
        </Row>
        <p aria-live="polite">
          {t('plans.nextDates')}:{' '}
          {preview.data?.items.map((at) => (
            <Tag key={at}>{dateTime(at).slice(0, 16)}</Tag>
          ))}
        </p>
        {plan ? null : (
          <Form.Item name="places" label={t('plans.subjects')} rules={needed}>
            <PlaceChoice multiple />
          </Form.Item>
        )}
        <Form.Item name="work" label={t('plans.work')} extra={t('plans.workHint')}>
          <Select
            allowClear
            placeholder={t('plans.byPeople')}
            options={works.data?.items.map(({ name, label }) => ({
              value: name,
              label: language === 'en' ? label.en : label.zh,
            }))}
          />
        </Form.Item>
        <Form.Item name="team" label={t('plans.team')} hidden={Boolean(filled?.work)}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="content" label={t('plans.content')}>
          <Input.TextArea maxLength={2000} rows={2} />
        </Form.Item>
        <Form.Item label={t('plans.points')} hidden={Boolean(filled?.work)}>
          <Form.List name="points">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <Space key={key} wrap align="baseline">
                    <Form.Item name={[name, 'text']} rules={needed} noStyle>
                      <Input placeholder={t('plans.point')} aria-label={t('plans.point')} style={{ width: 220 }} />
                    </Form.Item>
                    <Form.Item name={[name, 'low']} noStyle>
                      <InputNumber placeholder={t('plans.low')} aria-label={t('plans.low')} />
                    </Form.Item>
                    <Form.Item name={[name, 'high']} noStyle>
                      <InputNumber placeholder={t('plans.high')} aria-label={t('plans.high')} />
                    </Form.Item>
                    <Form.Item name={[name, 'unit']} noStyle>
                      <Input placeholder={t('plans.unit')} aria-label={t('plans.unit')} style={{ width: 80 }} />
                    </Form.Item>
                    <Form.Item name={[name, 'photo']} valuePropName="checked" noStyle>
                      <Checkbox>{t('plans.photo')}</Checkbox>
                    </Form.Item>
                    <Button type="link" onClick={() => remove(name)}>
                      {t('plans.remove')}
                    </Button>
                  </Space>
                ))}
                <Button type="dashed" block onClick={() => add({ photo: false })}>
                  {t('plans.addPoint')}
                </Button>
              </>
            )}
          </Form.List>
        </Form.Item>
      </Form>
    </Modal>
  );
}
