import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';

/** Protocol agreed upon with a listener, or the code of what went wrong. */
export async function handshake(host: string, port: number, options: ConnectionOptions = {}): Promise<string> {
  const socket = connect({ host, port, rejectUnauthorized: false, servername: 'localhost', ...options });
  const failed = once(socket, 'error').then(([cause]) => (cause as NodeJS.ErrnoException).code ?? String(cause));
  const agreed = once(socket, 'secureConnect').then(() => socket.getProtocol() ?? 'none');
  const result = await Promise.race([agreed, failed]);
  socket.destroy();
  return result;
}

/** Sends text without any encryption; answers what came back before the listener closed. */
export async function speakPlainly(host: string, port: number, text: string): Promise<string> {
  const socket = connectPlain({ host, port });
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(parts).toString('latin1');
}
