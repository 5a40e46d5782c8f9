import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { problem } from '@keystead/contracts/problem';
import type { AgentOptions } from './agent.ts';
import { type LinkPolicy, platformPolicy } from './links/link-keeper.ts';
import { type Endpoint, readEndpoint } from './platform/endpoint.ts';
import { keptToken, readSite, siteBeside } from './platform/joining.ts';

export class ArgumentsInvalid extends problem('arguments-invalid', 400) {}

export const usage = `npm run agent -- --platform mqtts://host:8883 --token-file ./token --data ./agent

  --platform URL        平台地址；可给两次：主、备        way to the platform; give it twice: primary, secondary
  --return-after S      主用恢复并持续正常后切回，默认 60 秒  back to the primary when it was good for so long (s)
  --token TEXT          访问令牌                          access token (others on this machine can see it: better a file)
  --token-file FILE     含访问令牌的文件                  file with the access token
  --join TOKEN          接入令牌（一次性），换取访问令牌  or a join token, given once for an access token
  --site URL            平台网址，默认同主机 8443 端口    where to join, https://host:8443 beside the platform
  --ca FILE             平台证书机构（PEM）               authority of the platform (PEM)
  --fingerprint SHA256  平台证书指纹                      or the platform's certificate by its SHA-256
  --data FOLDER         数据目录，默认 ./agent            folder of everything it keeps
  --configuration FILE  本地配置文件                      configuration for a start without the platform
  --duty HOST:PORT      值班室页面，默认 127.0.0.1:8090   duty room's page; "off" = none
  --duty-code-file FILE 非本机访问值班室页面的口令        file with the code for a page beyond this machine
  --grants-key FILE     门禁授权签名公钥（PEM）           public key that signs door grants (PEM)
  --update-key FILE     升级包签名公钥（PEM, Ed25519）    key whose packages are taken (needs the starter, update/starter.ts)
  --log LEVEL           日志级别，默认 info               trace, debug, info, warn, error`;

const textOf = (file: string): string => readFileSync(resolve(file), 'utf8').trim();

export interface AgentArguments extends Omit<AgentOptions, 'log'> {
  logLevel: string;
  /** Run by the starter, which tries what is put beside: the version it runs ('' = the one it came with), and the key. */
  updates?: { version: string; key: string };
  /** To be given for an access token before anything else. */
  joining?: { site: Endpoint; joinToken: string };
}

/** Reads the command line; throws `ArgumentsInvalid` with what is wrong, undefined = help was asked for. */
export function readArguments(args: readonly string[]): AgentArguments | undefined {
  const { values } = parsed(args);
  if (values.help) return undefined;
  const endpoints = (values.platform ?? []).map(readEndpoint);
  const data = resolve(values.data);
  const given = values['token-file'] === undefined ? (values.token ?? '') : textOf(values['token-file']);
  // A join token has done its work when there is an access token from an earlier start.
  const token = given === '' ? keptToken(data) : given;
  const [first] = endpoints;
  if (first !== undefined && token === '' && values.join === undefined)
    throw new ArgumentsInvalid({ detail: '--token-file, --token or --join is missing' });
  if (endpoints.length === 0 && values.configuration === undefined)
    throw new ArgumentsInvalid({ detail: '--platform or --configuration is missing' });
  const secure = endpoints.some((endpoint) => endpoint.secure) || values.site?.startsWith('https:') === true;
  if (values.fingerprint !== undefined && !/^([0-9a-f]{2}:?){32}$/i.test(values.fingerprint))
    throw new ArgumentsInvalid({ detail: '--fingerprint is no SHA-256' });
  return {
    data,
    endpoints,
    token,
    trust: {
      ...(secure && values.ca !== undefined && { ca: textOf(values.ca) }),
      ...(secure && values.fingerprint !== undefined && { fingerprint: values.fingerprint }),
    },
    logLevel: values.log,
    ...(values.supervised !== undefined &&
      values['update-key'] !== undefined && {
        updates: { version: values.supervised, key: textOf(values['update-key']) },
      }),
    ...(values.configuration !== undefined && { configurationFile: resolve(values.configuration) }),
    ...(values['grants-key'] !== undefined && { grantsKey: textOf(values['grants-key']) }),
    ...(first !== undefined &&
      token === '' &&
      values.join !== undefined && {
        joining: {
          site: values.site === undefined ? siteBeside(first) : readSite(values.site),
          joinToken: values.join,
        },
      }),
    linkPolicy: returning(values['return-after']),
    ...dutyRoom(values.duty, values['duty-code-file']),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        platform: { type: 'string', multiple: true },
        'return-after': { type: 'string', default: '60' },
        token: { type: 'string' },
        'token-file': { type: 'string' },
        join: { type: 'string' },
        site: { type: 'string' },
        ca: { type: 'string' },
        fingerprint: { type: 'string' },
        data: { type: 'string', default: './agent' },
        configuration: { type: 'string' },
        duty: { type: 'string', default: '127.0.0.1:8090' },
        'duty-code-file': { type: 'string' },
        'grants-key': { type: 'string' },
        'update-key': { type: 'string' },
        supervised: { type: 'string' },
        log: { type: 'string', default: 'info' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new ArgumentsInvalid({ detail: (cause as Error).message });
  }
}

function returning(seconds: string): LinkPolicy {
  const proven = Number(seconds) * 1000;
  if (!(proven >= 1000 && proven <= platformPolicy.longest))
    throw new ArgumentsInvalid({ detail: '--return-after: 1 to 3600 seconds' });
  return { ...platformPolicy, probe: Math.min(platformPolicy.probe, proven / 4), proven };
}

function dutyRoom(at: string, codeFile: string | undefined): Pick<AgentOptions, 'duty'> {
  if (at === 'off') return {};
  const split = at.lastIndexOf(':');
  const port = Number(at.slice(split + 1));
  if (split < 1 || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ArgumentsInvalid({ detail: '--duty is not HOST:PORT' });
  const host = at.slice(0, split).replace(/^\[|\]$/g, '');
  return { duty: { host, port, ...(codeFile !== undefined && { code: textOf(codeFile) }) } };
}
