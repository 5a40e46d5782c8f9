import type { ServerResponse } from 'node:http';
import type { Problem } from '@keystead/contracts/problem';
import { problemOf, type Refusal } from '@keystead/terminals/port';

export function answerJson(response: ServerResponse, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body ?? null));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

/** Success without words, as device firmware expects it. */
export function answerEmpty(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 0 });
  response.end();
}

const retryAfter = '1';

/** RFC 9457 with the same stable types as everywhere; never repeats the path, which holds a token. */
export function answerProblem(response: ServerResponse, found: Problem, close = false): void {
  const detail = typeof found.data.detail === 'string' ? found.data.detail : undefined;
  const body = {
    type: found.type,
    title: found.type,
    status: found.status,
    detail,
    errors: found.errors.length > 0 ? found.errors : undefined,
  };
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(found.status, {
    'content-type': 'application/problem+json',
    'content-length': bytes.length,
    ...(found.status === 503 && { 'retry-after': retryAfter }),
    ...(close && { connection: 'close' }),
  });
  response.end(bytes);
}

export function answerRefusal(
  response: ServerResponse,
  refusal: Refusal,
  parts: readonly Refusal[] = [],
  close = false,
): void {
  answerProblem(response, problemOf(refusal, parts), close);
}
