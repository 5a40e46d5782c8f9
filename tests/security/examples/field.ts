import { newPhone, newPicture, sha256Of } from '../phone.ts';
import type { Examples } from './example.ts';

/** Work in the field, on the phone of whoever does it, and what he signs for. */
export const field: Examples = {
  'field.registerDevice': () => {
    const { id, key } = newPhone();
    return { params: { id }, body: { name: '示例手机', key } };
  },
  'field.putPhoto': async (world) => {
    const bytes = newPicture();
    return {
      params: { sha256: sha256Of(bytes) },
      query: { case: await world.case(['assign']), name: 'a.png', mediaType: 'image/png' },
      bytes,
    };
  },
  'field.takeEntries': async (world) => {
    const phone = await world.field.phone();
    return { params: { id: phone.id }, body: { entries: [phone.says(await world.case(['assign']), '已到现场')] } };
  },
  'maintenance.write': async (world) => {
    const words = { content: '更换密封', problems: '无', actions: '试运行正常' };
    return { body: { ...words, ...(await world.field.drawn()), at: new Date().toISOString() } };
  },
};
