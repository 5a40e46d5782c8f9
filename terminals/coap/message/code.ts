/** Codes as one byte: three bits of class, five of detail. */
export const code = (written: `${number}.${number}`): number => {
  const [group = 0, detail = 0] = written.split('.').map(Number);
  return (group << 5) | detail;
};

/** `2.05`, as people write it. */
export const codeText = (value: number): string => `${value >> 5}.${String(value & 31).padStart(2, '0')}`;

export const methods = { get: 1, post: 2, put: 3, delete: 4, fetch: 5 } as const;

export const isRequest = (value: number): boolean => value >= 1 && value <= 31;
/** 2.xx, 4.xx or 5.xx. */
export const isResponse = (value: number): boolean => [2, 4, 5].includes(value >> 5);
export const isSuccess = (value: number): boolean => value >> 5 === 2;

export const contentFormats = { text: 0, bytes: 42, json: 50 } as const;
