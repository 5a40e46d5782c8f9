import type { Installation } from '@keystead/kernel/testing';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed JSON; undefined for anything else. */
  body: unknown;
}

export interface Ask {
  query?: Record<string, string>;
  body?: unknown;
  bytes?: Buffer;
  headers?: Record<string, string>;
}

/** Somebody who speaks HTTP with the platform: with a key, or as a browser with its cookie. */
export interface Visitor {
  /** Asks below `/api/v1` and takes whatever is answered. */
  ask(method: string, path: string, ask?: Ask): Promise<Reply>;
  /** Asks and throws with the answer when it is refused. */
  get<Body>(path: string, query?: Record<string, string>): Promise<Body>;
  send<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  /** The session token, when there is one. */
  token(): string | undefined;
}

export const cookieName = 'keystead_session';

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

function bodyOf({ body, bytes }: Ask): { content?: string | Uint8Array<ArrayBuffer>; type?: string } {
  if (bytes) return { content: new Uint8Array(bytes), type: 'application/octet-stream' };
  return body === undefined ? {} : { content: JSON.stringify(body), type: 'application/json' };
}

function visitor(url: string, identify: () => Record<string, string>, hear: (headers: Headers) => void) {
  let token: string | undefined;
  const ask = async (method: string, path: string, asked: Ask = {}): Promise<Reply> => {
    const { content, type } = bodyOf(asked);
    const query = asked.query && Object.keys(asked.query).length > 0 ? `?${new URLSearchParams(asked.query)}` : '';
    const answer = await fetch(`${url}/api/v1${path}${query}`, {
      method,
      headers: { ...identify(), ...(type ? { 'content-type': type } : {}), ...asked.headers },
      ...(content === undefined ? {} : { body: content }),
      redirect: 'manual',
    });
    hear(answer.headers);
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: json(text) };
  };
  const must = async <Body>(method: string, path: string, asked: Ask): Promise<Body> => {
    const reply = await ask(method, path, asked);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text.slice(0, 600)}`);
    return reply.body as Body;
  };
  return {
    ask,
    get: <Body>(path: string, query?: Record<string, string>) => must<Body>('GET', path, query ? { query } : {}),
    send: <Body>(method: string, path: string, body?: unknown) => must<Body>(method, path, { body }),
    token: () => token,
    keep: (text: string | undefined) => {
      token = text;
    },
  };
}

/** A script with a key; without one, somebody nobody knows. */
export function script(url: string, key?: string): Visitor {
  return visitor(
    url,
    (): Record<string, string> => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
    () => {},
  );
}

/** A browser: keeps the session cookie and sends the header no foreign page can set. */
export function browser(url: string): Visitor {
  const one = visitor(
    url,
    () => {
      const token = one.token();
      return { 'x-keystead-csrf': '1', ...(token === undefined ? {} : { cookie: `${cookieName}=${token}` }) };
    },
    (headers) => {
      for (const cookie of headers.getSetCookie()) {
        const [, value] = new RegExp(`^${cookieName}=([^;]*)`).exec(cookie) ?? [];
        if (value !== undefined) one.keep(value === '' ? undefined : value);
      }
    },
  );
  return one;
}

/** The administrator's key, as scripts use it. */
export const keyHolder = (platform: Installation): Visitor => script(platform.url, platform.apiKey);
