import { DeviceRefused, type Login, signedRequest } from '@keystead/terminals/port';

export interface SnapshotAddress {
  url: string;
  login?: Login;
  /** SHA-256 fingerprint of the camera's certificate, when it is one nobody signed. */
  fingerprint?: string;
}

const most = 8 * 1024 * 1024;

/**
 * One picture of a camera, as bytes. Throws DeviceSilent, CredentialUnknown, DeviceRefused (any other status),
 * CertificateUntrusted, PayloadTooLarge.
 */
export async function fetchSnapshot(address: SnapshotAddress, timeout: number): Promise<Buffer> {
  const { status, body } = await signedRequest({ ...address, headers: { accept: 'image/jpeg' }, most }, timeout);
  if (status !== 200) throw new DeviceRefused({ detail: `HTTP ${status}` });
  return body;
}
