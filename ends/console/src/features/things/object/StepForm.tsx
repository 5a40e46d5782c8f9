import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import type { Reply } from '@keystead/sdk';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Checkbox, Flex, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { isProblem, said, sdk } from '../../../shell/sdk.ts';
import type { LifeState } from '../list/filter.ts';
import { type Thing, useChange, useCommissioning } from '../queries.ts';

type CommissioningPoint = Reply<typeof sdk.models.commissioning>[number]['points'][number];
type Evidence = Parameters<typeof sdk.things.step>[0]['body']['evidence'];

/** What each gate asks to be shown; a note may always be left. */
const asked: Partial<Record<LifeState, 'evaluation' | 'guide' | 'reason' | 'measured'>> = {
  purchased: 'evaluation',
  installed: 'guide',
  commissioned: 'measured',
  retired: 'reason',
  scrapped: 'reason',
};

interface StepFormProps {
  thing: Thing;
  to: LifeState;
  onClose(): void;
}

/** A step of the life cycle with what its gate asks for; a test begins with the list of its family. */
export function StepForm(props: StepFormProps) {
  const { data, isPending } = useCommissioning(props.to === 'commissioned');
  if (props.to === 'commissioned' && isPending) return null;
  return <StepFields {...props} points={data?.find(({ family }) => family === props.thing.family)?.points ?? []} />;
}

const limitsOf = ({ low, high, unit = '', tool }: CommissioningPoint): string =>
  [low === undefined ? '' : `≥ ${low}`, high === undefined ? '' : `≤ ${high}`, unit, tool ?? '']
    .filter(Boolean)
    .join(' ');

function StepFields({ thing, to, onClose, points }: StepFormProps & { points: readonly CommissioningPoint[] }) {
  const t = useT();
  const [form] = Form.useForm<Evidence>();
  const [problem, setProblem] = useState<string>();
  const step = useChange((evidence: Evidence) =>
    sdk.things.step({ params: { id: thing.id }, body: { to, evidence } }, { ifMatch: thing.version }),
  );
  const gate = asked[to];

  async function save({ note, measured, ...rest }: Evidence) {
    setProblem(undefined);
    const tests = measured?.map((test) => ({ ...test, passed: test.passed === true }));
    try {
      await step.mutateAsync({ ...rest, ...(note ? { note } : {}), ...(tests ? { measured: tests } : {}) });
      onClose();
    } catch (cause) {
      const faults = isProblem(cause) ? cause.errors.map((fault) => fault.detail ?? fault.code) : [];
      setProblem([said(cause), ...faults].join(' · '));
    }
  }

  return (
    <Modal
      open
      title={t(`things.steps.${to}`)}
      okText={t('things.confirm')}
      cancelText={t('things.cancel')}
      confirmLoading={step.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Evidence>
        form={form}
        layout="vertical"
        initialValues={
          gate === 'measured'
            ? { measured: points.length > 0 ? points.map(({ item }) => ({ item, passed: true })) : [{}] }
            : {}
        }
        onFinish={(evidence) => void save(evidence)}
      >
        {gate === 'measured' ? (
          <Form.List name="measured">
            {(lines, { add, remove }) => (
              <Flex vertical gap={8} style={{ marginBottom: 16 }}>
                {lines.map((line) => (
                  <Flex key={line.key} gap={8} align="baseline">
                    <Form.Item
                      name={[line.name, 'item']}
                      rules={[{ required: true, message: t('things.needItem') }]}
                      style={{ flex: 2, marginBottom: 0 }}
                    >
                      <Input maxLength={120} placeholder={t('things.testItem')} readOnly={line.name < points.length} />
                    </Form.Item>
                    <Form.Item
                      name={[line.name, 'value']}
                      rules={[{ required: true, message: t('things.needValue') }]}
                      style={{ flex: 1, marginBottom: 0 }}
                      extra={points[line.name] ? limitsOf(points[line.name] as CommissioningPoint) : undefined}
                    >
                      <Input maxLength={120} placeholder={t('things.testValue')} />
                    </Form.Item>
                    <Form.Item name={[line.name, 'passed']} valuePropName="checked" style={{ marginBottom: 0 }}>
                      <Checkbox>{t('things.passed')}</Checkbox>
                    </Form.Item>
                    <Button
                      type="text"
                      disabled={line.name < points.length}
                      icon={<MinusCircleOutlined />}
                      aria-label={t('things.removeLine')}
                      onClick={() => remove(line.name)}
                    />
                  </Flex>
                ))}
                <Button type="dashed" icon={<PlusOutlined />} onClick={() => add()}>
                  {t('things.addTest')}
                </Button>
              </Flex>
            )}
          </Form.List>
        ) : gate ? (
          <Form.Item
            name={gate}
            label={t(`things.evidence.${gate}`)}
            rules={[{ required: true, whitespace: true, message: t('things.needEvidence') }]}
          >
            <Input.TextArea rows={3} maxLength={2000} autoFocus />
          </Form.Item>
        ) : null}
        <Form.Item name="note" label={t('things.evidence.note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
