import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

// A camera of ours: no ONVIF device of somebody else runs on a test machine. Its answers have the form of real ones
// (other prefixes than we write, attributes, several profiles), its digest is worked out here by RFC 7616 anew.

const soap = (body: string) =>
  `<?xml version="1.0" encoding="utf-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"><env:Body>${body}</env:Body></env:Envelope>`;

const profile = (token: string, name: string, encoding: string, width: number, height: number) =>
  `<trt:Profiles token="${token}" fixed="true"><tt:Name>${name}</tt:Name><tt:VideoSourceConfiguration token="V"><tt:Name>V</tt:Name></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="E"><tt:Name>E</tt:Name><tt:Encoding>${encoding}</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles>`;

function clock(now: Date): string {
  const time = `<tt:Time><tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute><tt:Second>${now.getUTCSeconds()}</tt:Second></tt:Time>`;
  const date = `<tt:Date><tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day></tt:Date>`;
  return soap(
    `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:UTCDateTime>${time}${date}</tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`,
  );
}

const fault = soap(
  '<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>ter:NotAuthorized</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">Sender not authorized</env:Text></env:Reason></env:Fault>',
);

export interface WebCameraForm {
  user: string;
  password: string;
  /** How it asks for the password: by a challenge of HTTP, or by the signature in the message. */
  by: 'http' | 'message';
  /** ms its clock is ahead. */
  ahead?: number;
  /** Host it says its media service is on. */
  elsewhere?: string;
  /** TCP port; any when absent. */
  at?: number;
}

export interface WebCamera {
  url: string;
  /** Port of its discovery. */
  port: number;
  /** Operations it was asked, with the address asked. */
  asked: string[];
  stop(): Promise<void>;
}

const of = (text: string, name: string) => new RegExp(`${name}="?([^",]*)"?`).exec(text)?.[1] ?? '';
const element = (text: string, name: string) => new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)<`).exec(text)?.[1] ?? '';

export async function startWebCamera(form: WebCameraForm): Promise<WebCamera> {
  const { user, password, ahead = 0 } = form;
  const asked: string[] = [];
  const now = () => new Date(Date.now() + ahead);

  const isSigned = (request: IncomingMessage, body: string): boolean => {
    if (form.by === 'http') {
      const given = request.headers.authorization ?? '';
      const hash = (text: string) => createHash('md5').update(text).digest('hex');
      const [first, second] = [hash(`${user}:cam:${password}`), hash(`POST:${of(given, 'uri')}`)];
      const wanted = hash(`${first}:n1:${of(given, 'nc')}:${of(given, 'cnonce')}:auth:${second}`);
      return of(given, 'username') === user && of(given, 'response') === wanted;
    }
    const created = element(body, 'Created');
    if (Math.abs(Date.parse(created) - now().getTime()) > 5_000) return false;
    const nonce = Buffer.from(element(body, 'Nonce'), 'base64');
    const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
    return element(body, 'Username') === user && element(body, 'Password') === digest;
  };

  let url = '';
  const answers: Record<string, (body: string) => string> = {
    GetSystemDateAndTime: () => clock(now()),
    GetDeviceInformation: () =>
      soap(
        '<tds:GetDeviceInformationResponse><tds:Manufacturer>Acme &amp; Söhne</tds:Manufacturer><tds:Model>C-1</tds:Model><tds:FirmwareVersion>5.7.3</tds:FirmwareVersion><tds:SerialNumber>0012345</tds:SerialNumber><tds:HardwareId>88</tds:HardwareId></tds:GetDeviceInformationResponse>',
      ),
    GetCapabilities: () =>
      soap(
        `<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>${form.elsewhere ?? url.replace('/onvif/device_service', '')}/onvif/Media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>`,
      ),
    GetProfiles: () =>
      soap(
        `<trt:GetProfilesResponse>${profile('Profile_1', 'main', 'H264', 1920, 1080)}${profile('Profile_2', 'sub', 'JPEG', 640, 360)}</trt:GetProfilesResponse>`,
      ),
    GetStreamUri: (body) =>
      soap(
        `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://10.0.0.9:554/${element(body, 'ProfileToken')}?a=1&amp;b=2</tt:Uri><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:GetStreamUriResponse>`,
      ),
    GetSnapshotUri: () =>
      soap(
        '<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>http://10.0.0.9/snap.jpg</tt:Uri></trt:MediaUri></trt:GetSnapshotUriResponse>',
      ),
  };
  const server = createServer(async (request, answer) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const operation = /<s:Body><(\w+)/.exec(body)?.[1] ?? '';
    asked.push(`${operation} ${request.url}`);
    if (operation !== 'GetSystemDateAndTime' && !isSigned(request, body)) {
      if (form.by === 'http')
        answer.setHeader('www-authenticate', 'Digest realm="cam", nonce="n1", qop="auth", algorithm=MD5');
      answer.writeHead(form.by === 'http' ? 401 : 400).end(form.by === 'http' ? '' : fault);
    } else answer.setHeader('content-type', 'application/soap+xml').end(answers[operation]?.(body) ?? fault);
  }).listen(form.at ?? 0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/onvif/device_service`;

  const discovery = createSocket('udp4').bind(0, '127.0.0.1');
  await once(discovery, 'listening');
  discovery.on('message', (bytes, { port, address }) => {
    const text = bytes.toString('utf8');
    if (!text.includes('/discovery/Probe') || !text.includes('NetworkVideoTransmitter')) return;
    discovery.send(probeMatch(element(text, 'a:MessageID'), url), port, address);
  });
  return {
    url,
    port: discovery.address().port,
    asked,
    stop: async () => {
      if (!server.listening) return;
      discovery.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What a camera answers to a probe. */
export const probeMatch = (related: string, address: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><SOAP-ENV:Header><wsa:MessageID>uuid:7</wsa:MessageID><wsa:RelatesTo>${related}</wsa:RelatesTo><wsa:Action SOAP-ENV:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action></SOAP-ENV:Header><SOAP-ENV:Body><d:ProbeMatches><d:ProbeMatch><wsa:EndpointReference><wsa:Address>urn:uuid:a1b2</wsa:Address></wsa:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/Gate%20east onvif://www.onvif.org/hardware/C-1 onvif://www.onvif.org/location/country/china</d:Scopes><d:XAddrs>${address} http://[fe80::1]/onvif/device_service</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>`;
