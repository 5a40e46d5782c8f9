import type { Spot } from './types.ts';

/** Bytes of a photo or a signature. */
export interface Picture {
  readonly bytes: ArrayBuffer;
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly name: string;
}

const longestSide = 1600; // pixels
const quality = 0.82;
const spotHolds = 5 * 60_000; // ms

let lastSpot: { spot: Spot; at: number } | undefined;

/** Follows where the phone is while the app is open; answers how to stop. */
export function followSpot(): () => void {
  if (!('geolocation' in navigator)) return () => {};
  const watch = navigator.geolocation.watchPosition(
    ({ coords: { longitude, latitude, accuracy } }) => {
      lastSpot = { spot: { longitude, latitude, accuracy }, at: Date.now() };
    },
    () => {},
    { enableHighAccuracy: true },
  );
  return () => navigator.geolocation.clearWatch(watch);
}

/** Where the phone was within the last minutes, when it was told; work does not wait for satellites. */
export const spotNow = (): Partial<Spot> => (lastSpot && Date.now() - lastSpot.at < spotHolds ? lastSpot.spot : {});

const bytesOf = (canvas: HTMLCanvasElement, type: Picture['mediaType']): Promise<ArrayBuffer> =>
  new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob.arrayBuffer()) : reject(new Error('the picture could not be made'))),
      type,
      quality,
    ),
  );

/** A photo small enough for a weak network: 1600 pixels at most. */
export async function shrunk(file: Blob, name: string): Promise<Picture> {
  const image = await createImageBitmap(file);
  const share = Math.min(1, longestSide / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * share));
  canvas.height = Math.max(1, Math.round(image.height * share));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return { bytes: await bytesOf(canvas, 'image/jpeg'), mediaType: 'image/jpeg', name: `${name}.jpg` };
}

/** What was drawn on a canvas. */
export const drawing = async (canvas: HTMLCanvasElement): Promise<Picture> => ({
  bytes: await bytesOf(canvas, 'image/png'),
  mediaType: 'image/png',
  name: 'signature.png',
});

interface Detector {
  detect(image: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

/** Reads codes off the camera where the browser can; undefined where it cannot, and codes are typed. */
export function codeReader(): Detector | undefined {
  const known = (globalThis as { BarcodeDetector?: new (options: { formats: string[] }) => Detector }).BarcodeDetector;
  if (!known || !navigator.mediaDevices) return undefined;
  return new known({ formats: ['qr_code', 'code_128', 'data_matrix'] });
}
