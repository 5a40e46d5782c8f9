import { ProblemError, readProblem } from './problem.ts';

/** What the generated client knows of an operation. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Path with `{name}` places. */
  readonly path: string;
  /** Makes something new: sent with an Idempotency-Key, so that sending it twice makes one. */
  readonly creates?: boolean;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Version of the object that was edited; a newer one on the server refuses with `edit-conflict`. */
  readonly ifMatch?: number;
  /** Key under which a create happens once; made up for each call when left out. Keep it over retries. */
  readonly idempotencyKey?: string;
  /** Media type of a body of bytes. */
  readonly contentType?: string;
}

export interface ClientOptions {
  /** Address of the platform, without a slash at the end; empty for the page's own. */
  readonly baseUrl?: string;
  /** API key for scripts; browsers use the session cookie. */
  readonly apiKey?: string;
  /** Language of titles and texts, asked at each call. */
  readonly language?: () => string;
  readonly fetch?: typeof fetch;
}

export type Call = <Reply>(operation: Operation, input: object | undefined, options?: CallOptions) => Promise<Reply>;

interface Input {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

type Body = Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string;

const text = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** Path and query of a call: places filled, lists repeated, what is undefined left out. */
export function targetOf(path: string, { params = {}, query = {} }: Input): string {
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new TypeError(`${path} needs params.${name}`);
    return encodeURIComponent(text(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, text(one));
    }
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}

const isBytes = (body: unknown): body is Body =>
  typeof body === 'string' || body instanceof Blob || body instanceof ArrayBuffer || body instanceof Uint8Array;

function headersOf(operation: Operation, body: unknown, client: ClientOptions, options: CallOptions): Headers {
  const headers = new Headers({ accept: 'application/json', 'x-keystead-csrf': '1' });
  if (client.apiKey !== undefined) headers.set('authorization', `Bearer ${client.apiKey}`);
  if (client.language) headers.set('accept-language', client.language());
  if (body !== undefined) {
    headers.set(
      'content-type',
      isBytes(body) ? (options.contentType ?? 'application/octet-stream') : 'application/json',
    );
  }
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`);
  if (operation.creates) headers.set('idempotency-key', options.idempotencyKey ?? newKey());
  else if (options.idempotencyKey !== undefined) headers.set('idempotency-key', options.idempotencyKey);
  return headers;
}

/** A random key; `crypto.randomUUID` is missing on pages served in clear text from another host. */
function newKey(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function readReply(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined;
  const type = answer.headers.get('content-type') ?? '';
  if (!type.includes('json')) return type === '' ? undefined : answer.blob();
  const json = await answer.text();
  return json === '' ? undefined : JSON.parse(json);
}

/**
 * How every operation reaches the platform: session cookie and CSRF header, Idempotency-Key on creates, refusals as
 * `ProblemError`. A reply that is not JSON (a download) is a `Blob`. An aborted call rejects with the signal's reason.
 */
export function createCall(client: ClientOptions = {}): Call {
  const send = client.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  return async <Reply>(operation: Operation, given: object | undefined, options: CallOptions = {}): Promise<Reply> => {
    const input: Input = given ?? {};
    const { body } = input;
    const init: RequestInit = {
      method: operation.method,
      credentials: 'include',
      headers: headersOf(operation, body, client, options),
      ...(body === undefined ? {} : { body: isBytes(body) ? body : JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    };
    const url = `${client.baseUrl ?? ''}${targetOf(operation.path, input)}`;
    let answer: Response;
    try {
      answer = await send(url, init);
    } catch (cause) {
      if (options.signal?.aborted || !(cause instanceof TypeError)) throw cause;
      throw new ProblemError({ type: 'unreachable', title: 'unreachable', status: 0 }, cause);
    }
    if (!answer.ok) throw await readProblem(answer);
    return (await readReply(answer)) as Reply;
  };
}
