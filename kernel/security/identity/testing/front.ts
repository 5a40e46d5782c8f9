import { createHttp, csrfHeader, type Http } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import type { IdentityService } from '../identity.ts';
import { peopleRoutes } from '../people/routes.ts';
import { rightsRoutes } from '../rights/routes.ts';
import { sessionRoutes } from '../sessions/routes.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface Reply {
  status: number;
  body: Record<string, unknown>;
  cookie: string | undefined;
}

/** A browser at the front door: keeps the cookie it is given and sends what our pages send. */
export interface Browser {
  token(): string | undefined;
  use(token: string | undefined): void;
  call(method: Method, url: string, payload?: object, headers?: Record<string, string>): Promise<Reply>;
}

/** The platform's HTTP with identity's own authenticator, as the api process has it; for tests of identity. */
export async function openFront(kernel: Kernel, identity: IdentityService) {
  const { db, clock, log, catalogue } = kernel;
  const http: Http = await createHttp({
    db,
    clock,
    log,
    catalogue,
    rate: 1_000_000,
    authenticator: identity.authenticator,
  });
  http.mount('/sessions', sessionRoutes(identity.sessions));
  http.mount('/identity', [
    ...peopleRoutes(identity.accounts, identity.organisations),
    ...rightsRoutes(identity.rights),
  ]);

  let nextAddress = 1;

  function browser(address = `10.0.${nextAddress >> 8}.${nextAddress++ & 0xff}`): Browser {
    let token: string | undefined;
    return {
      token: () => token,
      use: (other) => {
        token = other;
      },
      call: async (method, url, payload, headers = {}) => {
        const answer = await http.app.inject({
          method,
          url: `/api/v1${url}`,
          remoteAddress: address,
          headers: { [csrfHeader]: '1', ...headers },
          ...(token === undefined ? {} : { cookies: { keystead_session: token } }),
          ...(payload ? { payload } : {}),
        });
        const set = answer.cookies.find(({ name }) => name === 'keystead_session');
        if (set) token = set.value === '' ? undefined : set.value;
        return {
          status: answer.statusCode,
          body: answer.body === '' ? {} : (answer.json() as Record<string, unknown>),
          cookie: answer.headers['set-cookie']?.toString(),
        };
      },
    };
  }

  return {
    http,
    browser,
    signIn: async (username: string, password: string): Promise<Browser> => {
      const opened = browser();
      await opened.call('POST', '/sessions', { username, password });
      return opened;
    },
    close: () => http.app.close(),
  };
}

export type Front = Awaited<ReturnType<typeof openFront>>;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A base32 secret as an authenticator app reads it. */
export function base32Bytes(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
