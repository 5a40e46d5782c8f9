export { ImportDialog, type ImportDialogProps } from './ImportDialog.tsx';
export { saveFile } from './save-file.ts';
export type { SheetColumn, SheetFault, SheetResult } from './types.ts';
