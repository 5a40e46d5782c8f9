import type { Readable } from 'node:stream';
import type { Actor } from '@keystead/contracts/access';
import type { ProblemClass } from '@keystead/contracts/problem';
import type { Static, TSchema } from 'typebox';

/** What came with the request besides its parts. */
export interface RequestFacts {
  /** Peer address. */
  from: string;
  /** `zh-CN` or `en`, by Accept-Language. */
  language: 'zh-CN' | 'en';
  /** Version of the object the client edited (If-Match), when it said so. */
  version?: number;
  userAgent: string;
  /** A header as it came, credentials excepted: others sign their callbacks there. */
  header?(name: string): string | undefined;
  cookies: Readonly<Record<string, string | undefined>>;
  /** Nobody asked for it just now: an open page asks by itself. Keeps no session from idling out (H-11.1-b). */
  background?: boolean;
}

/** How the handler shapes an answer beyond its body. */
export interface Answer {
  status(code: number): void;
  header(name: string, value: string): void;
  /** Sets (or, with `null`, clears) an http-only, same-site cookie. */
  cookie(name: string, value: string | null, maxAgeSeconds?: number): void;
}

/** A handler returns this to send bytes instead of JSON. */
export class Download {
  readonly content: Readable | Buffer | string;
  readonly mediaType: string;
  readonly fileName: string | undefined;
  constructor(content: Readable | Buffer | string, mediaType: string, fileName?: string) {
    this.content = content;
    this.mediaType = mediaType;
    this.fileName = fileName;
  }
}

type Parsed<S> = S extends TSchema ? Static<S> : undefined;

export interface RouteContext<A, P, Q, B> {
  actor: A;
  params: Parsed<P>;
  query: Parsed<Q>;
  /** Parsed JSON, or the raw bytes when the route takes `bytes`. */
  body: B extends 'bytes' ? Buffer : Parsed<B>;
  facts: RequestFacts;
  answer: Answer;
}

/**
 * A route names a `permission`, or says `signedIn` (any session, also one that may only enrol), or `open`. One that
 * says none of them fails at start.
 */
export interface RouteSpec<O, P, Q, B, R> {
  /** `module.verb`, also the operation id of the API and the method name of the SDK. */
  id: string;
  /** `METHOD /path` under the module's mount point. */
  at: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  summary: string;
  permission?: string;
  signedIn?: true;
  open?: O;
  params?: P;
  query?: Q;
  /** A JSON schema, or `bytes` for an upload of any type. */
  body?: B;
  /** Largest body in bytes; 1 MiB unless told. */
  bodyLimit?: number;
  reply?: R;
  status?: number;
  problems?: ProblemClass[];
  /** Requests a minute from one actor or address. */
  rate?: number;
  run(
    context: RouteContext<O extends true ? Actor | undefined : Actor, P, Q, B>,
  ): Promise<(R extends TSchema ? Static<R> : unknown) | Download>;
}

/** A route of any schemas, as the server mounts it. */
export interface MountedRoute {
  id: string;
  at: string;
  summary: string;
  permission?: string;
  signedIn?: true;
  open?: true;
  params?: TSchema;
  query?: TSchema;
  body?: TSchema | 'bytes';
  bodyLimit?: number;
  reply?: TSchema;
  status?: number;
  problems?: ProblemClass[];
  rate?: number;
  run(context: RouteContext<Actor, TSchema, TSchema, TSchema>): Promise<unknown>;
}

/** Writes one route with its types inferred from its schemas. */
export function route<
  O extends true | undefined = undefined,
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | 'bytes' | undefined = undefined,
  R extends TSchema | undefined = undefined,
>(spec: RouteSpec<O, P, Q, B, R>): MountedRoute {
  return spec as unknown as MountedRoute;
}
