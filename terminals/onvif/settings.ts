import type { FieldError } from '@keystead/contracts/problem';
import { webLoginFields } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };

export const OnvifSettings = Type.Object(
  {
    look: Type.Optional(
      Type.Object(
        {
          host: Type.Optional(Type.String({ minLength: 1, maxLength: 253, default: '239.255.255.250' })),
          port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, default: 3702 })),
          every: Type.Optional(
            Type.Integer({
              minimum: 1_000,
              maximum: 86_400_000,
              default: 300_000,
              description: '周期,毫秒 · interval, ms',
            }),
          ),
        },
        { ...closed, description: '寻找摄像机(WS-Discovery);缺省不找 · looks for cameras; absent: does not' },
      ),
    ),
    timeout: Type.Optional(
      Type.Integer({ minimum: 100, maximum: 60_000, default: 5_000, description: '应答超时,毫秒 · patience, ms' }),
    ),
    every: Type.Optional(
      Type.Integer({
        minimum: 200,
        maximum: 3_600_000,
        default: 60_000,
        description: '询问周期,毫秒 · interval of asking, ms',
      }),
    ),
  },
  closed,
);
export type OnvifSettings = Static<typeof OnvifSettings>;

export const OnvifDevice = Type.Object(
  {
    url: Type.String({
      pattern: '^https?://[^\\s@]+$',
      maxLength: 500,
      description: '设备服务地址,如 http://192.168.1.64/onvif/device_service · address of the device service',
    }),
    ...webLoginFields,
  },
  closed,
);
export type OnvifDevice = Static<typeof OnvifDevice>;

/** What the schemas cannot say. */
export function faultsOf(devices: readonly { name: string; at: OnvifDevice }[]): FieldError[] {
  return devices.flatMap(({ at: { url } }, index) =>
    devices.findIndex((other) => other.at.url === url) === index
      ? []
      : [{ pointer: `/devices/${index}/at/url`, code: 'duplicate' }],
  );
}
