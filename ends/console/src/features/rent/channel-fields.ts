/** Settings of each kind of channel that are no secrets, in the order in which a form asks for them. */
export const channelFields = {
  wechat: ['merchant', 'app', 'merchantSerial', 'serial', 'publicKey', 'publicUrl', 'gateway'],
  alipay: ['application', 'seller', 'publicKey', 'publicUrl', 'gateway'],
} as const;
export type ChannelKind = keyof typeof channelFields;
export const channelKinds: readonly ChannelKind[] = ['wechat', 'alipay'];

/** Only what was filled in. */
export const filledSettings = (settings: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()] as const] : [])),
  );
