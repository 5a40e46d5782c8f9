import { NotFound } from '@keystead/contracts/problem';
import type { Log } from '@keystead/kernel/base';
import { type ClientLibrary, loadClient, loadServer, type ServerLibrary } from '../library.ts';
import { type CertificateFace, faceOf, openTrustList } from '../trust-list.ts';
import { exposeThings, type Shown, showValue, type Wishes } from './address-space.ts';
import type { OpcuaServerSettings } from './settings.ts';
import type { ExposedThing, ExposedValues } from './things.ts';

/** What the server needs of the process it runs in. */
export interface OpcuaServerHost extends Wishes {
  readonly log: Log;
  /** Whether a user may come in. */
  admits(user: string, password: string): Promise<boolean>;
  /** A client whose certificate is not trusted knocked; put its fingerprint into `trusted` to let it in. */
  strangerRefused?(face: CertificateFace): void;
}

/** A running server. */
export interface OpcuaServer {
  readonly port: number;
  readonly endpoint: string;
  /** SHA-256 of our own certificate, for the other side to trust. */
  readonly fingerprint: string;
  readonly sessions: number;
  /** Shows new values of a thing; names it has not are passed over. Throws `NotFound` for an unknown thing. */
  show(thing: string, values: ExposedValues): void;
  close(): Promise<void>;
}

type Security = Pick<
  NonNullable<ConstructorParameters<ServerLibrary['OPCUAServer']>[0]>,
  'securityModes' | 'securityPolicies'
>;

function securityOf({ MessageSecurityMode, SecurityPolicy }: ClientLibrary, clearText: boolean): Security {
  return {
    securityModes: [
      MessageSecurityMode.Sign,
      MessageSecurityMode.SignAndEncrypt,
      ...(clearText ? [MessageSecurityMode.None] : []),
    ],
    securityPolicies: [
      SecurityPolicy.Basic256Sha256,
      SecurityPolicy.Aes128_Sha256_RsaOaep,
      SecurityPolicy.Aes256_Sha256_RsaPss,
      ...(clearText ? [SecurityPolicy.None] : []),
    ],
  };
}

/**
 * Exposes things to OPC UA clients: objects below `Objects/Things`, their properties as variables, their services as
 * methods. Clients need a trusted certificate, and a user unless reading without one is allowed.
 */
export async function startOpcuaServer(
  settings: OpcuaServerSettings,
  things: readonly ExposedThing[],
  host: OpcuaServerHost,
): Promise<OpcuaServer> {
  const library = await loadClient(host.log);
  const { OPCUAServer } = await loadServer();
  const trust = await openTrustList(settings.folder, settings.trusted ?? []);
  const { manager } = trust;
  // The library asks the manager about each client; listed fingerprints are known there only through us.
  const checkInFolder = manager.checkCertificate.bind(manager);
  const checkCertificate = async (chain: Buffer | Buffer[]) => {
    const first = Array.isArray(chain) ? chain[0] : chain;
    if (first && (await trust.admits(first))) return checkInFolder(chain);
    if (first) host.strangerRefused?.(faceOf(first));
    return library.StatusCodes.BadCertificateUntrusted;
  };
  Object.assign(manager, { checkCertificate });

  const { host: address = '127.0.0.1', port = 4840, clearText = false, anonymous = false } = settings;
  const server = new OPCUAServer({
    host: address,
    hostname: address,
    port,
    resourcePath: '/keystead',
    serverCertificateManager: manager,
    userCertificateManager: manager,
    allowAnonymous: anonymous,
    maxAllowedSessionNumber: settings.mostSessions ?? 20,
    maxConnectionsPerEndpoint: 2 * (settings.mostSessions ?? 20),
    buildInfo: { productName: 'Keystead' },
    serverInfo: { applicationName: { text: 'Keystead' } },
    userManager: {
      isValidUserAsync: (user, password, answer) => {
        host.admits(user, password).then(
          (admitted) => answer(null, admitted),
          (error: Error) => answer(error),
        );
      },
    },
    ...securityOf(library, clearText),
  });
  await server.initialize();
  const shown: Map<string, Shown> = exposeThings(library, server, things, host);
  await server.start();
  const bound = server.endpoints[0]?.port ?? port;
  const known = new Set(things.map(({ code }) => code));
  return {
    port: bound,
    endpoint: `opc.tcp://${address}:${bound}/keystead`,
    fingerprint: faceOf(server.getCertificate()).fingerprint,
    get sessions() {
      return server.currentSessionCount;
    },
    show: (thing, { time, values }) => {
      if (!known.has(thing)) throw new NotFound({ thing });
      const at = time === undefined ? new Date() : new Date(time / 1000);
      for (const [name, value] of Object.entries(values)) {
        const variable = shown.get(`${thing}.${name}`);
        if (variable) showValue(library, variable, value, at);
      }
    },
    close: async () => {
      await server.shutdown(0);
      server.dispose();
      await trust.close();
    },
  };
}
