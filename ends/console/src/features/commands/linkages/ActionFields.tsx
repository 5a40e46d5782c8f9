import { useT } from '@keystead/ui/i18n';
import { Form, Input, Radio, Select } from 'antd';
import { useModel, useThingOf } from '../queries.ts';
import { ThingPick } from '../ThingPick.tsx';
import { CarryFields } from './CarryFields.tsx';
import { inputOf, type RuleDraft } from './rule-draft.ts';
import { useLinkageWords } from './words.ts';

/** What a rule does: runs a scene, or gives one command. */
export function ActionFields() {
  const t = useT();
  const words = useLinkageWords();
  const form = Form.useFormInstance<RuleDraft>();
  const does = Form.useWatch('does', form);
  const must = [{ required: true, message: t('commands.required') }];
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
        <CommandFields />
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

function CommandFields() {
  const t = useT();
  const words = useLinkageWords();
  const form = Form.useFormInstance<RuleDraft>();
  const when = Form.useWatch('when', form);
  const service = Form.useWatch('service', form);
  const { services, loading } = useServices();
  const chosen = services.find(({ id }) => id === service);
  return (
    <>
      <Form.Item name="target" label={t('commands.linkages.target')} extra={t('commands.linkages.targetHint')}>
        <ThingPick
          placeholder={t('commands.linkages.toSame')}
          onChange={() => form.setFieldValue('service', undefined)}
        />
      </Form.Item>
      <Form.Item
        name="service"
        label={t('commands.service')}
        rules={[{ required: true, message: t('commands.required') }]}
      >
        {/* One control whatever is known: another one in its place would close the list somebody has just opened. */}
        <Select
          loading={loading}
          showSearch={{ optionFilterProp: 'label' }}
          options={services.map((each) => ({ value: each.id, label: words.said(each.name) }))}
        />
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
      {when === 'event' ? <CarryFields input={chosen?.input} /> : null}
    </>
  );
}

/**
 * What the target can do: by its model, or by the model of who tells the event. An alarm may come from any device: then
 * it is whatever any of them can do.
 */
function useServices() {
  const words = useLinkageWords();
  const form = Form.useFormInstance<RuleDraft>();
  const chosen = Form.useWatch('target', form);
  const trigger = Form.useWatch('family', form);
  const when = Form.useWatch('when', form);
  const target = useThingOf(chosen);
  const family = target.data?.family ?? (chosen === undefined && when === 'event' ? (trigger ?? '') : '');
  const model = useModel(family, target.data?.modelVersion);
  const known = chosen !== undefined || family !== '';
  const models = known ? (model.data ? [model.data] : []) : words.models;
  const services = models.flatMap((each) => each.services).filter(({ autonomy }) => autonomy === undefined);
  return {
    services: [...new Map(services.map((each) => [each.id, each])).values()],
    loading: target.isFetching || model.isFetching,
  };
}
