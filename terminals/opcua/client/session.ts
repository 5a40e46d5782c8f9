import { CertificateUntrusted, DeviceRefused, DeviceSilent, problemOf, refuse } from '@keystead/terminals/port';
import type { ClientSession, EndpointDescription, OPCUAClient, OPCUAClientOptions } from 'node-opcua-client';
import type { ClientLibrary } from '../library.ts';
import type { OpcuaSettings } from '../settings.ts';
import { faceOf, type TrustList } from '../trust-list.ts';

/** A session that stands. `ended` resolves with the reason when it does not any more. */
export interface OpenSession {
  readonly client: OPCUAClient;
  readonly session: ClientSession;
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

const applicationName = 'Keystead';

interface Place {
  library: ClientLibrary;
  settings: OpcuaSettings;
  trust: TrustList;
}

function optionsOf({ library, settings, trust }: Place): OPCUAClientOptions {
  const timeout = settings.timeout ?? 4000;
  return {
    applicationName,
    clientName: applicationName,
    clientCertificateManager: trust.manager,
    // One try: when to try again is decided above, where the figures of the link are kept.
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 1000 },
    // A server behind an address translation announces a name that cannot be reached; the certificate tells who it is.
    endpointMustExist: false,
    transportTimeout: timeout,
    defaultTransactionTimeout: timeout,
    requestedSessionTimeout: 60_000,
    securityMode: library.MessageSecurityMode.None,
    securityPolicy: library.SecurityPolicy.None,
  };
}

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message.split('\n')[0] : undefined) ?? 'failed';

/** Endpoints the server offers, asked for without security: they are only compared with what is wanted. */
async function endpointsOf(place: Place): Promise<EndpointDescription[]> {
  const client = place.library.OPCUAClient.create(optionsOf(place));
  try {
    await client.connect(place.settings.endpoint);
    return await client.getEndpoints({ endpointUrl: place.settings.endpoint });
  } catch (error) {
    throw problemOf(refuse(DeviceSilent, wordsOf(error)));
  } finally {
    await client.disconnect().catch(() => {});
  }
}

/** The certificate of the endpoint that is wanted; throws when there is no such endpoint, or it is not trusted. */
async function trustedCertificate(place: Place, mode: string, policy: string): Promise<Buffer | undefined> {
  const { library, trust } = place;
  const endpoints = await endpointsOf(place);
  const wanted = endpoints.find(
    ({ securityMode, securityPolicyUri }) =>
      library.MessageSecurityMode[securityMode] === mode && securityPolicyUri?.endsWith(`#${policy}`),
  );
  if (!wanted) {
    const offered = endpoints.map(
      ({ securityMode, securityPolicyUri }) =>
        `${library.MessageSecurityMode[securityMode]} ${securityPolicyUri?.split('#')[1] ?? ''}`,
    );
    const list = [...new Set(offered)].join(', ').slice(0, 300);
    throw problemOf(refuse(DeviceRefused, `no endpoint with ${mode} ${policy}; offered: ${list}`));
  }
  if (mode === 'None') return undefined;
  const certificate = wanted.serverCertificate;
  if (await trust.admits(certificate)) return certificate;
  const { fingerprint, subject, validTo } = faceOf(certificate);
  throw new CertificateUntrusted({ detail: `${fingerprint} ${subject}, until ${validTo}`, fingerprint, subject });
}

function identityOf({ library, settings }: Place) {
  const { user, password = '' } = settings;
  return user === undefined ? undefined : ({ type: library.UserTokenType.UserName, userName: user, password } as const);
}

/**
 * Connects with the wanted security, to a server whose certificate is trusted, as the wanted user. Throws
 * `CertificateUntrusted`, `DeviceSilent` or `DeviceRefused`; nothing stays open then.
 */
export async function openSession(place: Place): Promise<OpenSession> {
  const { library, settings } = place;
  const { securityMode = 'SignAndEncrypt', securityPolicy = 'Basic256Sha256' } = settings;
  const serverCertificate = await trustedCertificate(place, securityMode, securityPolicy);
  const client = library.OPCUAClient.create({
    ...optionsOf(place),
    securityMode: library.MessageSecurityMode[securityMode],
    securityPolicy: library.SecurityPolicy[securityPolicy],
    ...(serverCertificate ? { serverCertificate } : {}),
  });
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  client.on('connection_lost', () => end('connection lost'));
  client.on('close', () => end('connection closed'));
  client.on('abort', () => end('the server broke off'));
  try {
    await client.connect(settings.endpoint);
    const session = await client.createSession(identityOf(place)).catch((error: unknown) => {
      throw problemOf(refuse(DeviceRefused, wordsOf(error)));
    });
    session.on('session_closed', () => end('session closed'));
    return {
      client,
      session,
      ended,
      close: async () => {
        end('closed by us');
        await client.disconnect().catch(() => {});
      },
    };
  } catch (error) {
    await client.disconnect().catch(() => {});
    if (error instanceof Error && 'status' in error) throw error;
    throw problemOf(refuse(DeviceSilent, wordsOf(error)));
  }
}
