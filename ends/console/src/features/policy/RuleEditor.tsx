import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { type Pack, type Rule, type RuleValue, useEdit } from './queries.ts';
import { readValue, writeValue } from './rule-value.ts';

/** Changes one number of a draft, with the place where it stands written. */
export function RuleEditor({
  pack,
  rule,
  value,
  onClose,
}: {
  pack: Pack;
  rule: Rule;
  value: RuleValue;
  onClose(): void;
}) {
  const t = useT();
  const edit = useEdit();
  const [text, setText] = useState(writeValue(value, rule));
  const [source, setSource] = useState(value.source);
  const read = readValue(text, rule);
  return (
    <Modal
      open
      title={t(`policy.rules.${rule.id}`)}
      onCancel={onClose}
      okButtonProps={{ disabled: read === undefined || source.trim() === '', loading: edit.isPending }}
      onOk={() =>
        read !== undefined &&
        edit.mutate({ pack, rule: rule.id, value: { value: read, source: source.trim() } }, { onSuccess: onClose })
      }
    >
      {edit.error ? <Alert type="error" showIcon title={said(edit.error)} style={{ marginBottom: 12 }} /> : null}
      <Form layout="vertical">
        <Form.Item
          label={t('policy.value')}
          validateStatus={read === undefined ? 'error' : ''}
          help={read === undefined ? t(rule.ladder ? 'policy.ladderHelp' : 'policy.valueHelp') : undefined}
        >
          <Input
            value={text}
            aria-label={t('policy.value')}
            suffix={t(`policy.units.${rule.unit}`)}
            onChange={(event) => setText(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t('policy.source')} required>
          <Input
            value={source}
            maxLength={200}
            aria-label={t('policy.source')}
            onChange={(event) => setSource(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
