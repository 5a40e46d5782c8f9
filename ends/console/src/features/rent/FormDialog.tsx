import { Alert, Form, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useRentChange } from './queries.ts';

interface FormDialogProps<Values extends object> {
  title: string;
  initial?: Partial<Values>;
  children: ReactNode;
  /** What is done with what was filled in; what it throws is shown at the fields. */
  run(values: Values): Promise<unknown>;
  onClose(): void;
}

/** A form in a dialog that closes once what it asks for is done. */
export function FormDialog<Values extends object>({ title, initial, children, run, onClose }: FormDialogProps<Values>) {
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<string>();
  const refuse = useRefusal();
  const change = useRentChange(run);

  async function submit(values: Values) {
    setProblem(undefined);
    try {
      await change.mutateAsync(values);
      onClose();
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause);
    }
  }

  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={change.isPending}
      mask={{ closable: false }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Values>
        form={form}
        layout="vertical"
        {...(initial ? { initialValues: initial } : {})}
        onFinish={(values) => void submit(values)}
      >
        {children}
      </Form>
    </Modal>
  );
}
