import type { Log } from '@keystead/kernel/base';

export type ClientLibrary = typeof import('node-opcua-client');
export type ServerLibrary = typeof import('node-opcua-server');

let told = false;

/**
 * The library is big (a second and 90 MB): it is loaded with the first channel or server, never before. What it warns of
 * goes to the log of the first who loaded it.
 */
export async function loadClient(log: Log): Promise<ClientLibrary> {
  const library = await import('node-opcua-client');
  if (!told) {
    told = true;
    const write = (...words: unknown[]) => log.debug({ words: words.map(String).join(' ').slice(0, 500) }, 'opcua');
    library.setWarningLogger(write);
    library.setErrorLogger(write);
  }
  return library;
}

export const loadServer = (): Promise<ServerLibrary> => import('node-opcua-server');

export const loadCertificates = () => import('node-opcua-certificate-manager');
