/** What a device asks for over HTTP, read from method and path; the token is kept apart and never shown. */
export interface DeviceRequest {
  token: string;
  act:
    | 'telemetry'
    | 'events'
    | 'attributes-put'
    | 'attributes-get'
    | 'attributes-updates'
    | 'rpc-wait'
    | 'rpc-call'
    | 'rpc-reply'
    | 'firmware';
  request: number;
  query: URLSearchParams;
}

const acts: Record<string, DeviceRequest['act']> = {
  'POST telemetry': 'telemetry',
  'POST events': 'events',
  'POST attributes': 'attributes-put',
  'GET attributes': 'attributes-get',
  'GET attributes/updates': 'attributes-updates',
  'GET firmware': 'firmware',
  'GET rpc': 'rpc-wait',
  'POST rpc': 'rpc-call',
};

const prefix = '/api/v1/';
const noQuery = new URLSearchParams();

/** Undefined = not a path of the device API. */
export function readRequest(method: string, url: string): DeviceRequest | undefined {
  if (!url.startsWith(prefix) || url.length > 4096) return undefined;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url.slice(prefix.length) : url.slice(prefix.length, mark);
  const slash = path.indexOf('/');
  if (slash <= 0) return undefined;
  let token: string;
  try {
    token = decodeURIComponent(path.slice(0, slash));
  } catch {
    return undefined;
  }
  const rest = path.slice(slash + 1);
  const query = mark < 0 ? noQuery : new URLSearchParams(url.slice(mark + 1));
  const act = acts[`${method} ${rest}`];
  if (act) return { token, act, request: 0, query };
  const reply = method === 'POST' ? /^rpc\/(\d{1,10})$/.exec(rest) : null;
  return reply ? { token, act: 'rpc-reply', request: Number(reply[1]), query } : undefined;
}
