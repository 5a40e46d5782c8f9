import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { said } from '../shell/sdk.ts';
import { useRefusal } from './refusal.ts';

export interface FormDialogProps<Values extends object, Result = unknown> {
  title: string;
  initial?: Partial<Values>;
  children: ReactNode;
  width?: number;
  /** Of the button that sends it; OK when left out. */
  okText?: string;
  form?: FormInstance<Values>;
  /** What is asked anew once it is done. */
  stale: readonly QueryKey[];
  /** What is done with what was filled in; what it throws is shown at the fields. */
  run(values: Values): Promise<Result>;
  onClose(): void;
  /** Once it is done, in place of `onClose`. */
  onDone?(result: Result): void;
}

/** A form in a dialog that closes once what it asks for is done. */
export function FormDialog<Values extends object, Result = unknown>(props: FormDialogProps<Values, Result>) {
  const { title, initial, children, width, okText, stale, run, onClose, onDone } = props;
  const [own] = Form.useForm<Values>();
  const form = props.form ?? own;
  const [problem, setProblem] = useState<string>();
  const refuse = useRefusal();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: run,
    onSettled: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });

  async function submit(values: Values) {
    setProblem(undefined);
    try {
      const result = await change.mutateAsync(values);
      if (onDone) onDone(result);
      else onClose();
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
      {...(width ? { width } : {})}
      {...(okText ? { okText } : {})}
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
