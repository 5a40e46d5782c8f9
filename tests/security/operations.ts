import type { Visitor } from './visitor.ts';

interface Schema {
  type?: string | string[];
  format?: string;
  pattern?: string;
  maximum?: number;
  enum?: unknown[];
  default?: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
}

/** One operation of the API, as the API describes itself. */
export interface Operation {
  id: string;
  method: string;
  /** Below `/api/v1`, with `{name}` for parameters. */
  path: string;
  /** `noun:verb`, or `signed-in`, or `open`. */
  permission: string;
  summary: string;
  parameters: Parameter[];
}

interface Described {
  operationId: string;
  summary?: string;
  parameters?: Parameter[];
  'x-permission': string;
}

export interface Document {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
}

const base = '/api/v1';

export async function operationsOf(visitor: Visitor): Promise<Operation[]> {
  const document = await visitor.get<Document>('/openapi.json');
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      id: described.operationId,
      method: method.toUpperCase(),
      path: path.slice(base.length),
      permission: described['x-permission'],
      summary: described.summary ?? '',
      parameters: described.parameters ?? [],
    })),
  );
}

export const changes = ({ method }: Operation): boolean => method !== 'GET';
export const asksPermission = ({ permission }: Operation): boolean => permission.includes(':');

/** The path with its parameters filled in. */
export const pathOf = ({ id, path }: Operation, params: Readonly<Record<string, string>> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${id} needs ${name}`);
    return encodeURIComponent(value);
  });
