import type { Installation } from '@keystead/kernel/testing/installation';

/** Calls of the public API with the administrator's key; what is refused throws with what was said. */
export class Client {
  readonly #api: string;
  readonly #key: string;

  constructor({ url, apiKey }: Pick<Installation, 'url' | 'apiKey'>) {
    this.#api = url;
    this.#key = apiKey;
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.#api}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 800)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  get = <T>(path: string): Promise<T> => this.call<T>('GET', path);
  post = <T>(path: string, body: unknown): Promise<T> => this.call<T>('POST', path, body);
}
