import { webLoginFields } from '@keystead/terminals/port';
import { type Static, Type } from 'typebox';

export const CameraSettings = Type.Object(
  {
    every: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 20, default: 2, description: '取图周期,秒 · s between pictures' }),
    ),
    patience: Type.Optional(
      Type.Integer({
        minimum: 4,
        maximum: 40,
        default: 15,
        description: '异常持续多久才告知,秒 · s a fault must last',
      }),
    ),
    timeout: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 15, default: 5, description: '单次取图时限,秒 · s one picture may take' }),
    ),
  },
  { additionalProperties: false, title: 'HTTP 抓图 · Snapshots' },
);
export type CameraSettings = Static<typeof CameraSettings>;

export const CameraDevice = Type.Object(
  {
    url: Type.String({
      pattern: '^https?://[^\\s@]+$',
      maxLength: 500,
      description: '抓图地址(JPEG)· address of the picture',
    }),
    ...webLoginFields,
  },
  { additionalProperties: false },
);
export type CameraDevice = Static<typeof CameraDevice>;
