import { defineModule } from '@keystead/kernel/module';
import { createDesk } from './desk.ts';
import type { CodecBench, FrameDesk } from './ports.ts';
import { codecRoutes } from './routes.ts';
import { createCodecBook } from './service.ts';
import { Trial } from './trial.ts';

export const codecs = defineModule({
  name: 'codecs',
  needs: {},
  files: import.meta.dirname,
  setup: (kernel) => {
    const trial = new Trial();
    const book = createCodecBook(kernel, trial);
    const desk = createDesk(book, trial);
    kernel.http.mount('/codecs', codecRoutes(book, trial, desk));
    return {
      ...book,
      /** What runs scripts and reads frames: drivers, which applications do not know. */
      plug: (ports: { bench: CodecBench; desk: FrameDesk }): void => {
        trial.plug(ports.bench);
        desk.plug(ports.desk);
      },
    };
  },
});

export type CodecsService = ReturnType<typeof codecs.setup>;
