import { isIPv6 } from 'node:net';
import { CredentialUnknown, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import { userOf } from '../client/session.ts';
import type { Library, LibraryNotification } from '../library.ts';
import type { SnmpSettings } from '../settings.ts';
import { guardedSocket } from '../socket.ts';

export interface ReceiverUse {
  library: Library;
  /** Resolves once it is durable; only then an inform is acknowledged. */
  take(notification: LibraryNotification): Promise<void>;
  refused(refusal: Refusal, sample: Uint8Array): void;
}

const mostAtOnce = 256;

/** Listens for traps and informs. Who sends must know a community or be a user; rejects when the port is taken. */
export async function openReceiver(
  settings: NonNullable<SnmpSettings['traps']>,
  { library, take, refused }: ReceiverUse,
): Promise<{ port: number; close(): void }> {
  const { host = '127.0.0.1', communities = [], users = [] } = settings;
  const transport = isIPv6(host) ? 'udp6' : 'udp4';
  let heard: LibraryNotification | undefined;
  let answers: (() => void)[] = [];
  let running = 0;
  const guarded = await guardedSocket(
    { host, port: settings.port, transport },
    (bytes, _from, handle) => {
      // An inform that is not taken is not answered: its sender repeats it.
      if (running >= mostAtOnce) return refused(refuse(ProtocolViolated, 'too many at once'), bytes);
      heard = undefined;
      answers = [];
      try {
        handle();
      } catch (cause) {
        return refused(
          refuse(ProtocolViolated, cause instanceof Error ? cause.message.slice(0, 100) : 'broken'),
          bytes,
        );
      }
      const held = answers;
      const answer = () => {
        for (const send of held) send();
      };
      if (!heard) return answer();
      running++;
      void take(heard)
        .then(answer, () => undefined)
        .finally(() => {
          running--;
        });
    },
    (send) => void answers.push(send),
  );
  const receiver = library.createReceiver(
    {
      port: guarded.port,
      transport,
      accessControlModelType: library.AccessControlModelType.None ?? 0,
      includeAuthentication: true,
      engineID: settings.engineId,
      dgramModule: { createSocket: () => guarded.socket },
    },
    (error, notification) => {
      if (notification) heard = notification;
      // What the library says names the community that was tried: it is not kept.
      else if (/not found|requires|digest|does not match|decrypt/i.test(error?.message ?? ''))
        refused(refuse(CredentialUnknown, 'community or user is wrong'), new Uint8Array(0));
      else refused(refuse(ProtocolViolated, 'no trap'), new Uint8Array(0));
    },
  );
  for (const community of communities) receiver.getAuthorizer().addCommunity(community);
  for (const user of users) receiver.getAuthorizer().addUser(userOf(user, library));
  return { port: guarded.port, close: () => receiver.close() };
}
