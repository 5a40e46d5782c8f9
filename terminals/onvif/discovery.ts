import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { at, list, readEnvelope, textAt } from './soap.ts';

/** A camera that answered. */
export interface Found {
  /** `urn:uuid:…`; stays when the address changes. */
  endpoint: string;
  /** Addresses of its device service. */
  addresses: string[];
  name?: string;
  hardware?: string;
  location?: string;
}

const discovery = 'http://schemas.xmlsoap.org/ws/2005/04/discovery';
const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';

/** A question to everybody who sends video (WS-Discovery of April 2005, which ONVIF prescribes). */
export function probe(id: string = randomUUID()): string {
  const names = `xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="${addressing}" xmlns:d="${discovery}" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"`;
  const to = `<a:MessageID>urn:uuid:${id}</a:MessageID><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>`;
  const header = `<s:Header><a:Action>${discovery}/Probe</a:Action>${to}</s:Header>`;
  const body = '<s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body>';
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope ${names}>${header}${body}</s:Envelope>`;
}

function scope(scopes: readonly string[], word: string): string | undefined {
  const start = `onvif://www.onvif.org/${word}/`;
  const found = scopes.find((one) => one.toLowerCase().startsWith(start));
  if (found === undefined) return undefined;
  try {
    return decodeURIComponent(found.slice(start.length)).slice(0, 128) || undefined;
  } catch {
    return undefined;
  }
}

const isAddress = (text: string): boolean => text.length <= 500 && /^https?:\/\/[^\s@]+$/.test(text);

/** The cameras in an answer to a probe, or in a greeting; none when it is something else. At most 32. */
export function readMatches(bytes: Uint8Array): Found[] {
  const body = readEnvelope(bytes)?.body;
  const matches = [...list(at(body, 'ProbeMatches', 'ProbeMatch')), ...list(at(body, 'Hello'))];
  return matches.slice(0, 32).flatMap((match) => {
    const endpoint = textAt(match, 'EndpointReference', 'Address')?.trim();
    const addresses = (textAt(match, 'XAddrs') ?? '').split(/\s+/).filter(isAddress).slice(0, 8);
    if (endpoint === undefined || endpoint.length > 200 || addresses.length === 0) return [];
    const scopes = (textAt(match, 'Scopes') ?? '').split(/\s+/);
    const [name, hardware, location] = ['name', 'hardware', 'location'].map((word) => scope(scopes, word));
    return [
      { endpoint, addresses, ...(name && { name }), ...(hardware && { hardware }), ...(location && { location }) },
    ];
  });
}

/** Asks who is there, and hears who answers. */
export class Prober {
  readonly #socket: Socket;

  constructor(found: (one: Found) => void, strange: (bytes: Uint8Array) => void) {
    this.#socket = createSocket('udp4');
    this.#socket.on('error', () => undefined);
    this.#socket.on('message', (bytes) => {
      const matches = readMatches(bytes);
      if (matches.length === 0) strange(bytes);
      for (const one of matches) found(one);
    });
  }

  async open(): Promise<void> {
    this.#socket.bind(0);
    await once(this.#socket, 'listening');
    this.#socket.setMulticastTTL(1);
  }

  ask(host: string, port: number): void {
    this.#socket.send(probe(), port, host, () => undefined);
  }

  close(): void {
    this.#socket.close();
  }
}
