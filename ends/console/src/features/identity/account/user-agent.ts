const browsers: readonly [RegExp, string][] = [
  [/Edg\/([\d]+)/, 'Edge'],
  [/MicroMessenger\/([\d]+)/, 'WeChat'],
  [/Firefox\/([\d]+)/, 'Firefox'],
  [/Chrome\/([\d]+)/, 'Chrome'],
  [/Version\/([\d]+).*Safari/, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** `Chrome 141 · Windows`: enough of what a browser says of itself to recognise it; all of it when nothing is known. */
export function browserOf(userAgent: string): string {
  const [form, name] = browsers.find(([pattern]) => pattern.test(userAgent)) ?? [];
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  const version = form?.exec(userAgent)?.[1];
  return name ? [`${name} ${version}`, system].filter(Boolean).join(' · ') : userAgent || '—';
}
