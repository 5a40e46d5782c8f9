import { CredentialCloned, CredentialUnknown, isRefusal, type Refusal, refuse } from '@keystead/terminals/port';
import type { GatewayCore } from './core.ts';
import { DeviceSession } from './device-session.ts';
import type { Greet, Hello } from './mqtt/listener.ts';
import type { Admitted, Credential, Denied } from './ports.ts';
import { ProvisioningSession, provisionUser } from './provisioning-session.ts';
import { sourceOf } from './reception.ts';
import { readSignature } from './signature.ts';

/** What a client of MQTT shows: user and signature or secret, or the user name as access token. */
export function credentialOf(hello: Hello): Credential | undefined {
  const { certificate, username, password, clientId } = hello;
  if (username !== undefined && username !== '') {
    if (password === undefined) return { kind: 'token', token: username };
    return readSignature(username, password, clientId) ?? { kind: 'secret', username, password, clientId };
  }
  return certificate && { kind: 'certificate', ...certificate };
}

const wordOf = (credential: Credential): string => {
  if (credential.kind === 'token') return credential.token;
  // Each try of a device with a wrong secret is another signature; what it calls itself stays.
  if (credential.kind === 'signature') return `${credential.code} ${credential.clientId}`;
  return credential.kind === 'secret' ? `${credential.username} ${credential.password}` : credential.fingerprint;
};

/** What no registry could hold is no credential: too long, NUL, half a character. */
const isPlausible = (word: string): boolean => word.length <= 1024 && word.isWellFormed() && !word.includes('\u0000');

const findings: Record<string, 'revoked' | 'unlisted'> = {
  'credential-revoked': 'revoked',
  'device-not-listed': 'unlisted',
};

const wrong = new Set(['credential-unknown', 'signature-wrong']);

/** Asks who shows this credential; every denial is counted, and reported where it is a finding. */
export async function identify(core: GatewayCore, credential: Credential, peer: string): Promise<Admitted | Denied> {
  const now = core.clock.now();
  if (core.guessing.blocked(peer, now))
    return deny(core, refuse(CredentialUnknown, 'too many wrong credentials'), peer, credential.kind);
  if (!isPlausible(wordOf(credential)))
    return deny(core, refuse(CredentialUnknown, 'no credential'), peer, credential.kind);
  const answer = await core.turnstile.run(128, () => core.ports.admission.admit(credential, peer));
  if (!isRefusal(answer)) return answer;
  if (wrong.has(answer.problem.type)) core.guessing.failed(peer, wordOf(credential), now);
  return deny(core, answer, peer, credential.kind);
}

function deny(core: GatewayCore, denied: Denied, peer: string, shown: string): Denied {
  core.refusals.count({ thing: denied.thing, peer }, denied, `connect with ${shown}`);
  const kind = findings[denied.problem.type];
  if (kind) core.misbehaviours.report({ kind, thing: denied.thing, peer, detail: `connect with ${shown}` });
  return denied;
}

/** Admits MQTT clients to sessions; at most one live session a thing. */
export function greeter(core: GatewayCore): Greet {
  let sessions = 0;
  return async (hello, link) => {
    const { provisioning } = core.ports;
    if (provisioning && hello.username === provisionUser && hello.password === undefined)
      return new ProvisioningSession(core, provisioning, hello.peer, link);
    const credential = credentialOf(hello);
    if (!credential) return deny(core, refuse(CredentialUnknown, 'none shown'), hello.peer, 'nothing');
    const admitted = await identify(core, credential, hello.peer);
    if (isRefusal(admitted)) return admitted;
    const { before, clone } = core.sessions.judge(admitted.thing, hello.peer);
    if (before && clone) return cloned(core, admitted, hello.peer, before.peer);
    if (before) {
      core.counters.takeovers++;
      before.end();
      if (core.sessions.contested(admitted.thing)) {
        core.misbehaviours.report({
          kind: 'clone',
          thing: admitted.thing,
          code: admitted.code,
          peer: hello.peer,
          detail: 'taken over again and again',
        });
      }
    }
    core.counters.connects++;
    const source = sourceOf(admitted, hello.peer);
    return new DeviceSession(core, source, hello, link, `${core.clock.now().getTime().toString(36)}-${++sessions}`);
  };
}

function cloned(core: GatewayCore, admitted: Admitted, peer: string, first: string): Refusal {
  core.counters.clones++;
  const { thing, code } = admitted;
  const refusal = refuse(CredentialCloned, `live session from ${first}`);
  core.refusals.count({ thing, peer }, refusal, 'connect');
  core.misbehaviours.report({ kind: 'clone', thing, code, peer, detail: `live session from ${first}` });
  return refusal;
}
