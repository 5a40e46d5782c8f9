import type { Installation } from '@keystead/kernel/testing';

/** A device speaks over HTTP; answers the status. */
export async function says(platform: Installation, token: string, values: object): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${platform.ports.deviceHttp}/api/v1/${token}/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  await answer.arrayBuffer();
  return answer.status;
}
