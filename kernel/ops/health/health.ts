import type { FastifyInstance } from 'fastify';

export interface ReadinessCheck {
  name: string;
  /** Throws, with the reason, when work cannot start. */
  run(): Promise<void>;
}

const patience = 2000; // ms; a check that hangs is a check that failed

async function outcome(check: ReadinessCheck): Promise<{ name: string; ok: boolean; detail?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${patience} ms`)), patience);
  });
  try {
    await Promise.race([check.run(), late]);
    return { name: check.name, ok: true };
  } catch (cause) {
    return { name: check.name, ok: false, detail: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    clearTimeout(timer);
  }
}

/** `/health/live`: the process answers. `/health/ready`: 200 when work can start, else 503 with what is missing. */
export function mountHealth(app: FastifyInstance, checks: readonly ReadinessCheck[]): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const results = await Promise.all(checks.map(outcome));
    const ready = results.every((result) => result.ok);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', checks: results });
  });
}
