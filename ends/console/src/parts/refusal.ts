import { useTexts } from '@keystead/ui/i18n';
import type { FormInstance } from 'antd';
import { isProblem } from '../shell/sdk.ts';

export type FieldPath = (string | number)[];

/** `/levels/0/when` → `['levels', 0, 'when']`. */
export const pathOf = (pointer: string): FieldPath =>
  pointer
    .split('/')
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/**
 * Shows refused fields at the fields. `place` says where a part of what was sent stands in the form, when not under the
 * same name. Answers true when there was at least one.
 */
export function useRefusal() {
  const { t, has } = useTexts();
  return <Values>(
    form: FormInstance<Values>,
    cause: unknown,
    place: (path: FieldPath) => FieldPath = (path) => path,
  ) => {
    const faults = isProblem(cause) ? cause.errors : [];
    const fields = faults.map(({ pointer, code, detail }) => ({
      name: place(pathOf(pointer)),
      errors: [has(`parts.fault.${code}`) ? t(`parts.fault.${code}`) : detail || code],
    }));
    form.setFields(fields as Parameters<typeof form.setFields>[0]);
    return fields.length > 0;
  };
}
