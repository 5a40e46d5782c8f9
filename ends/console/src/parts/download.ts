import { saveFile } from '@keystead/ui/sheet';
import { App } from 'antd';
import { useState } from 'react';
import { said } from '../shell/sdk.ts';

/** Fetches a file and hands it to the browser; what goes wrong is told in the reader's words. */
export function useDownload() {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  async function download(name: string, ask: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    try {
      const file = await ask();
      saveFile(file instanceof Blob ? file : String(file), name);
    } catch (cause) {
      void message.error(said(cause));
    } finally {
      setBusy(false);
    }
  }
  return { busy, download };
}
