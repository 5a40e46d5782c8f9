import {
  CredentialUnknown,
  DeviceRefused,
  type JsonObject,
  type Login,
  PayloadMalformed,
  signedRequest,
} from '@keystead/terminals/port';
import { at, envelope, escaped, faultOf, list, readEnvelope, textAt } from './soap.ts';

export interface CameraAddress {
  /** Of its device service. */
  url: string;
  login?: Login;
  fingerprint?: string;
}

export interface Information {
  manufacturer?: string;
  model?: string;
  firmware?: string;
  serial?: string;
}

export interface Profile {
  token: string;
  name?: string;
  encoding?: string;
  width?: number;
  height?: number;
}

const deviceNames = 'xmlns="http://www.onvif.org/ver10/device/wsdl"';
const mediaNames = 'xmlns="http://www.onvif.org/ver10/media/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"';
const most = 512 * 1024;
const profilesMost = 32;

/** The words of a refused password, in SOAP's way of saying it. */
const isNotAuthorized = (reason: string): boolean =>
  /NotAuthorized|FailedAuthentication|not authori[sz]ed/i.test(reason);

/**
 * One camera's services. Its clock is asked first (that needs no password), because a signature is refused when it is too
 * old or too new by that clock. What it says of its other services is taken for their paths only: no question, and no
 * password, goes to another host than the one that was configured.
 */
export class Camera {
  readonly #address: CameraAddress;
  #mediaUrl: string | undefined;
  /** ms its clock is ahead of ours. */
  #ahead = 0;

  constructor(address: CameraAddress) {
    this.#address = address;
  }

  get ahead(): number {
    return this.#ahead;
  }

  /** Asks for its time; answers how far it is ahead of `now`, ms. A camera that tells no UTC time is taken to be right. */
  async compareClock(now: () => Date, timeout: number): Promise<number> {
    const body = await this.#ask(this.#address.url, `<GetSystemDateAndTime ${deviceNames}/>`, undefined, now, timeout);
    const utc = at(body, 'GetSystemDateAndTimeResponse', 'SystemDateAndTime', 'UTCDateTime');
    const parts = ['Year', 'Month', 'Day'].map((part) => Number(textAt(utc, 'Date', part)));
    const times = ['Hour', 'Minute', 'Second'].map((part) => Number(textAt(utc, 'Time', part)));
    const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = parts;
    const [hour = Number.NaN, minute = Number.NaN, second = Number.NaN] = times;
    const told = Date.UTC(year, month - 1, day, hour, minute, second);
    this.#ahead = Number.isFinite(told) ? told - now().getTime() : 0;
    return this.#ahead;
  }

  async information(now: () => Date, timeout: number): Promise<Information> {
    const body = await this.#signed(this.#address.url, `<GetDeviceInformation ${deviceNames}/>`, now, timeout);
    const of = (name: string) => textAt(body, 'GetDeviceInformationResponse', name);
    const [manufacturer, model, firmware, serial] = ['Manufacturer', 'Model', 'FirmwareVersion', 'SerialNumber'].map(
      of,
    );
    return {
      ...(manufacturer && { manufacturer }),
      ...(model && { model }),
      ...(firmware && { firmware }),
      ...(serial && { serial }),
    };
  }

  async profiles(now: () => Date, timeout: number): Promise<Profile[]> {
    const body = await this.#media(`<GetProfiles ${mediaNames}/>`, now, timeout);
    return readProfiles(body);
  }

  /** RTSP address of a profile; it carries no password. */
  async streamUri(profile: string, now: () => Date, timeout: number): Promise<string> {
    const setup = `<StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>RTSP</tt:Protocol></tt:Transport></StreamSetup>`;
    const token = `<ProfileToken>${escaped(profile)}</ProfileToken>`;
    const body = await this.#media(`<GetStreamUri ${mediaNames}>${setup}${token}</GetStreamUri>`, now, timeout);
    return uriIn(body, 'GetStreamUriResponse', /^rtsps?:\/\//);
  }

  async snapshotUri(profile: string, now: () => Date, timeout: number): Promise<string> {
    const token = `<ProfileToken>${escaped(profile)}</ProfileToken>`;
    const body = await this.#media(`<GetSnapshotUri ${mediaNames}>${token}</GetSnapshotUri>`, now, timeout);
    return uriIn(body, 'GetSnapshotUriResponse', /^https?:\/\//);
  }

  async #media(operation: string, now: () => Date, timeout: number): Promise<JsonObject> {
    this.#mediaUrl ??= await this.#findMedia(now, timeout);
    return this.#signed(this.#mediaUrl, operation, now, timeout);
  }

  async #findMedia(now: () => Date, timeout: number): Promise<string> {
    const asked = `<GetCapabilities ${deviceNames}><Category>Media</Category></GetCapabilities>`;
    const body = await this.#signed(this.#address.url, asked, now, timeout);
    const told = textAt(body, 'GetCapabilitiesResponse', 'Capabilities', 'Media', 'XAddr');
    if (told === undefined || !URL.canParse(told)) throw new DeviceRefused({ detail: 'it has no media service' });
    const { pathname, search } = new URL(told);
    return new URL(pathname + search, this.#address.url).href;
  }

  #signed(url: string, operation: string, now: () => Date, timeout: number): Promise<JsonObject> {
    return this.#ask(url, operation, this.#address.login, now, timeout);
  }

  /** The message is signed, and a challenge of HTTP is answered too: cameras want the one or the other. */
  async #ask(url: string, operation: string, login: Login | undefined, now: () => Date, timeout: number) {
    const theirs = new Date(now().getTime() + this.#ahead);
    const { fingerprint } = this.#address;
    const headers = { 'content-type': 'application/soap+xml; charset=utf-8' };
    const body = envelope(operation, login, theirs);
    const request = {
      url,
      method: 'POST' as const,
      headers,
      body,
      most,
      ...(login && { login }),
      ...(fingerprint && { fingerprint }),
    };
    const answer = await signedRequest(request, timeout);
    const read = readEnvelope(answer.body);
    const reason = read && faultOf(read.body);
    if (reason !== undefined && isNotAuthorized(reason)) throw new CredentialUnknown({ detail: reason });
    if (reason !== undefined) throw new DeviceRefused({ detail: reason });
    if (answer.status !== 200) throw new DeviceRefused({ detail: `HTTP ${answer.status}` });
    if (!read) throw new PayloadMalformed({ detail: 'no SOAP' });
    return read.body;
  }
}

export function readProfiles(body: JsonObject): Profile[] {
  return list(at(body, 'GetProfilesResponse', 'Profiles'))
    .slice(0, profilesMost)
    .flatMap((profile) => {
      const token = textAt(profile, '@token');
      if (token === undefined || token.length > 64) return [];
      const encoder = at(profile, 'VideoEncoderConfiguration');
      const [name, encoding] = [textAt(profile, 'Name'), textAt(encoder, 'Encoding')];
      const [width, height] = ['Width', 'Height'].map((side) => Number(textAt(encoder, 'Resolution', side)));
      return [
        { token, ...(name && { name }), ...(encoding && { encoding }), ...(width && height ? { width, height } : {}) },
      ];
    });
}

function uriIn(body: JsonObject, answer: string, form: RegExp): string {
  const uri = textAt(body, answer, 'MediaUri', 'Uri')?.trim();
  if (uri === undefined || !form.test(uri)) throw new PayloadMalformed({ detail: 'no address of this kind' });
  return uri;
}
