import { type Api, createApi } from './api.generated.ts';
import { type ClientOptions, createCall } from './client.ts';

export type { Api } from './api.generated.ts';
export type { Call, CallOptions, ClientOptions, Operation } from './client.ts';
export { isProblem, type ProblemDetails, ProblemError, type RefusedField } from './problem.ts';

/** The typed client of a platform: `createSdk().alarms.acknowledge({ params: { id }, body: { note } })`. */
export const createSdk = (options: ClientOptions = {}): Api => createApi(createCall(options));

type Method = (...args: never[]) => Promise<unknown>;

/** What an operation answers: `Reply<Api['alarms']['list']>`. */
export type Reply<M extends Method> = Awaited<ReturnType<M>>;
