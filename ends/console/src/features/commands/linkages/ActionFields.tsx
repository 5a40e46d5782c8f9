import { useT } from '@keystead/ui/i18n';
import { Form, Input, Radio, Select } from 'antd';
import { useModel, useThingOf } from '../queries.ts';
import { ThingPick } from '../ThingPick.tsx';
import { inputOf, type RuleDraft } from './rule-draft.ts';
import { useLinkageWords } from './words.ts';

/** What a rule does: runs a scene, or gives one command. */
export function ActionFields() {
  const t = useT();
  const words = useLinkageWords();
  const form = Form.useFormInstance<RuleDraft>();
  const does = Form.useWatch('does', form);
  const chosen = Form.useWatch('target', form);
  const target = useThingOf(chosen);
  const trigger = Form.useWatch('family', form);
  const when = Form.useWatch('when', form);
  const family = target.data?.family ?? (when === 'event' ? (trigger ?? '') : '');
  const model = useModel(family, target.data?.modelVersion);
  const must = [{ required: true, message: t('commands.required') }];
  const services = (model.data?.services ?? []).filter(({ autonomy }) => autonomy === undefined);
  return (
    <>
      <Form.Item name="does" label={t('commands.linkages.does')}>
        <Radio.Group
          optionType="button"
          options={(['scene', 'command'] as const).map((value) => ({
            value,
            label: t(`commands.linkages.actions.${value}`),
          }))}
        />
      </Form.Item>
      {does === 'command' ? (
        <>
          <Form.Item name="target" label={t('commands.linkages.target')} extra={t('commands.linkages.targetHint')}>
            <ThingPick placeholder={t('commands.linkages.toSame')} />
          </Form.Item>
          <Form.Item name="service" label={t('commands.service')} rules={must}>
            {chosen === undefined && family === '' ? (
              <Input maxLength={64} placeholder="on" />
            ) : (
              <Select
                loading={target.isFetching || model.isFetching}
                options={services.map((each) => ({ value: each.id, label: words.said(each.name) }))}
              />
            )}
          </Form.Item>
          <Form.Item
            name="input"
            label={t('commands.input')}
            rules={[
              {
                validator: (_, text?: string) =>
                  inputOf(text) ? Promise.resolve() : Promise.reject(new Error(t('commands.unreadable'))),
              },
            ]}
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} placeholder='{"value": 40}' />
          </Form.Item>
        </>
      ) : (
        <Form.Item name="scene" label={t('commands.linkages.scene')} rules={must}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={words.scenes?.items.map(({ id, name }) => ({ value: id, label: name }))}
            notFoundContent={t('commands.scenes.empty')}
          />
        </Form.Item>
      )}
    </>
  );
}
