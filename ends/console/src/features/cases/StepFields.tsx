import { useT } from '@keystead/ui/i18n';
import { Flex, Form, Input, Segmented, Select } from 'antd';
import { AssigneeChoice } from './AssigneeChoice.tsx';
import type { CaseFile, CaseKind, CaseStep, StepBody } from './queries.ts';
import type { StepNeeds } from './steps.ts';
import { useCaseWords } from './words.ts';

interface StepFieldsProps {
  file: CaseFile;
  kind: CaseKind | undefined;
  step: CaseStep;
  needs: StepNeeds;
}

/** Impact and urgency, from which the platform works out the priority. */
export function GradeFields() {
  const t = useT();
  const grades = [1, 2, 3];
  const impacts = grades.map((grade) => ({ value: grade, label: t(`cases.impacts.${grade}`) }));
  const urgencies = grades.map((grade) => ({ value: grade, label: t(`cases.urgencies.${grade}`) }));
  return (
    <Flex gap={24} wrap>
      <Form.Item name="impact" label={t('cases.impact')}>
        <Segmented options={impacts} />
      </Form.Item>
      <Form.Item name="urgency" label={t('cases.urgency')}>
        <Segmented options={urgencies} />
      </Form.Item>
    </Flex>
  );
}

/** The fields that only some steps have. */
export function StepFields({ file, kind, step, needs }: StepFieldsProps) {
  const t = useT();
  const words = useCaseWords();
  const form = Form.useFormInstance<StepBody>();
  if (needs.assignee) {
    return (
      <Flex gap={12} wrap>
        <Form.Item
          name="assignee"
          label={t('cases.assignee')}
          style={{ flex: 1, minWidth: 220 }}
          dependencies={['team']}
          rules={[
            {
              validator: async (_, value) => {
                if (!value && !form.getFieldValue('team')) throw new Error(t('cases.needAssignee'));
              },
            },
          ]}
        >
          <AssigneeChoice caseId={file.id} />
        </Form.Item>
        <Form.Item name="team" label={t('cases.team')} style={{ flex: 1, minWidth: 180 }}>
          <Input maxLength={80} placeholder={t('cases.teamHint')} />
        </Form.Item>
      </Flex>
    );
  }
  if (needs.waitingFor) {
    return (
      <Form.Item
        name="waitingFor"
        label={t('cases.waitingFor')}
        rules={[{ required: true, message: t('cases.needWait') }]}
      >
        <Select
          options={kind?.waits.map(({ id, pauses }) => ({
            value: id,
            label: t(pauses ? 'cases.waitPauses' : 'cases.waitRuns', { reason: words.wait(file.kind, id) }),
          }))}
        />
      </Form.Item>
    );
  }
  return step === 'triage' ? <GradeFields /> : null;
}
