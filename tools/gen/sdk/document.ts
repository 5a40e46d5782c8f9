/** The parts of an OpenAPI 3.1 document that the emitter reads. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface RequestBody extends Content {
  readonly required?: boolean;
}

export interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly deprecated?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses?: Readonly<Record<string, Content & { readonly description?: string }>>;
  readonly 'x-permission'?: string;
  readonly 'x-problems'?: readonly { readonly type: string; readonly status: number }[];
  /** `bytes` for an upload of any type. */
  readonly 'x-body'?: string;
}

export interface ApiDocument {
  readonly openapi: string;
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

export interface FoundOperation {
  /** `alarms.acknowledge` */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

/** All operations that have an id, by id. Two with one id are an error. */
export function operationsOf(document: ApiDocument): FoundOperation[] {
  const found = new Map<string, FoundOperation>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method] as OperationObject | undefined;
      const id = operation?.operationId;
      if (!operation || !id) continue;
      if (found.has(id)) throw new Error(`two operations are called ${id}`);
      found.set(id, { id, method: method.toUpperCase(), path, operation });
    }
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
