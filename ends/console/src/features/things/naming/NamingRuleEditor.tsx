import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Typography } from 'antd';
import { useRefusal } from '../../../parts/index.ts';
import { isProblem, said } from '../../../shell/sdk.ts';
import { useModels } from '../queries.ts';
import { useModelWords } from '../words.ts';
import { type NamingRule, useSaveNamingRule } from './queries.ts';

const placeholders = ['place', 'code', 'n', 'text'] as const;

/** The template that names of a family are to follow; an empty one goes back to the general rule. */
export function NamingRuleEditor({ rule, onClose }: { rule: NamingRule; onClose(): void }) {
  const t = useT();
  const models = useModels();
  const words = useModelWords(models.data);
  const [form] = Form.useForm<Omit<NamingRule, 'family'>>();
  const save = useSaveNamingRule();
  const refuse = useRefusal();
  const refused = (cause: unknown) => {
    if (isProblem(cause, 'naming-rule-invalid')) form.setFields([{ name: 'pattern', errors: [said(cause)] }]);
    else refuse(form, cause);
  };
  return (
    <Modal
      open
      title={t('things.naming.ruleOf', { model: words.model(rule.family) })}
      okText={t('things.save')}
      cancelText={t('things.cancel')}
      confirmLoading={save.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {save.error ? <Alert type="error" showIcon title={said(save.error)} style={{ marginBottom: 12 }} /> : null}
      <Form
        form={form}
        layout="vertical"
        initialValues={rule}
        onFinish={({ pattern, explanation }) =>
          save.mutate(
            { family: rule.family, pattern: pattern.trim(), explanation: explanation.trim() },
            { onSuccess: onClose, onError: refused },
          )
        }
      >
        <Form.Item name="pattern" label={t('things.naming.rule')} extra={t('things.naming.patternHint')}>
          <Input maxLength={200} placeholder={t('things.naming.example')} style={{ fontFamily: 'monospace' }} />
        </Form.Item>
        <Typography.Paragraph type="secondary">
          {placeholders.map((name) => (
            <span key={name} style={{ marginInlineEnd: 16, whiteSpace: 'nowrap' }}>
              <Typography.Text code>{`{${name}}`}</Typography.Text> {t(`things.naming.placeholders.${name}`)}
            </span>
          ))}
        </Typography.Paragraph>
        <Form.Item name="explanation" label={t('things.naming.explanation')}>
          <Input maxLength={300} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
