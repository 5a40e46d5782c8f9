import { Type } from 'typebox';

/** How to sign in at a device's own web server, and how it shows that it is the one. */
export const webLoginFields = {
  user: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: '用户名 · user' })),
  password: Type.Optional(Type.String({ format: 'password', maxLength: 128, description: '密码 · password' })),
  fingerprint: Type.Optional(
    Type.String({
      pattern: '^([0-9A-Fa-f]{2}:?){32}$',
      description: '自签证书的 SHA-256 指纹 · fingerprint of its certificate',
    }),
  ),
};
