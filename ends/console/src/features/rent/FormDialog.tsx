import { FormDialog as Dialog, type FormDialogProps } from '../../parts/index.ts';
import { rentKey } from './queries.ts';

/** A form in a dialog; everything about rent is asked anew once it is done. */
export const FormDialog = <Values extends object>(props: Omit<FormDialogProps<Values>, 'stale'>) => (
  <Dialog<Values> {...props} stale={[rentKey]} />
);
