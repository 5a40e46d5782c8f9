import type { IncomingMessage, ServerResponse } from 'node:http';
import { readJson } from '@keystead/terminals/mqtt';
import { isRefusal, Overloaded, refuse } from '@keystead/terminals/port';
import type { GatewayCore } from '../core.ts';
import type { Provisioning } from '../ports.ts';
import { provision, provisionAnswer, readProvisionRequest } from '../provisioning-session.ts';
import { answerJson, answerRefusal } from './answers.ts';
import { readBody } from './body.ts';

export const provisionPath = '/api/v1/provision';

/** `POST /api/v1/provision`: whoever has no credential yet asks for one; the value is in this answer and nowhere else. */
export async function answerProvision(
  core: GatewayCore,
  provisioning: Provisioning,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!core.gate.open(false)) return answerRefusal(response, refuse(Overloaded), [], true);
  const body = await readBody(request, 4096);
  if (body === undefined) return;
  if (isRefusal(body)) return answerRefusal(response, body, [], true);
  const json = readJson(body, { bytes: 4096, depth: 4 });
  const asked = 'problem' in json ? undefined : readProvisionRequest(json.value);
  const given = await provision(core, provisioning, asked, request.socket.remoteAddress ?? '');
  if (isRefusal(given)) return answerRefusal(response, given, [], true);
  response.setHeader('cache-control', 'no-store');
  answerJson(response, provisionAnswer(given));
}
