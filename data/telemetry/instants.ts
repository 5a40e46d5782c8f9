/** µs of an hour: telemetry counts all times in µs since 1970. */
export const hourMicros = 3_600_000_000;

export const hourOf = (micros: number): number => Math.floor(micros / hourMicros) * hourMicros;

export const microsOf = (date: Date): number => date.getTime() * 1000;

/** µs as the text of a timestamptz, every digit kept (a Date would lose three). */
export function instantText(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, '0');
  const text = new Date(millis).toISOString();
  return `${text.slice(0, -1)}${rest}Z`;
}

/** The µs of such a text; digits it does not have are zeros. */
export const microsOfText = (text: string): number =>
  Date.parse(text) * 1000 + Number(/\.\d{3}(\d{3})Z$/.exec(text)?.[1] ?? 0);

/** Name of the partition that takes what is received in the hour of `micros`. */
export function hourName(micros: number): string {
  const text = new Date(hourOf(micros) / 1000).toISOString();
  return `hot_${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 10)}${text.slice(11, 13)}`;
}
