import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface RawRequest {
  port: number;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Certificate to trust; the request then goes over TLS, and fails when the listener shows another. */
  ca?: Buffer;
}

/** One request with its path exactly as given: nothing is tidied up on the way, as an attacker would send it. */
export async function rawAnswer({
  port,
  path,
  method = 'GET',
  headers = {},
  body,
  ca,
}: RawRequest): Promise<RawAnswer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options: RequestOptions = { host: '127.0.0.1', port, path, method, headers: { ...length, ...headers } };
  const request = ca ? secure({ ...options, ca, servername: 'localhost' }) : plain(options);
  // A server that has refused a large body closes; what is still being written then is of no interest.
  const answered = once(request, 'response');
  request.end(body);
  const [response] = (await answered) as [IncomingMessage];
  request.on('error', () => {});
  response.setEncoding('latin1');
  let text = '';
  try {
    for await (const part of response) text += part;
  } catch {
    // Cut off after its head: status and headers are here.
  }
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}
