import type { Language } from '@keystead/ui/i18n';

interface Comments {
  up: string;
  down: string;
  frame: string;
}

const comments: Record<Language, Comments> = {
  'zh-CN': {
    up: '字节 → 读数。还可返回：device、readings、events、attributes、reply、answer、errors。',
    down: '指令 → 字节',
    frame: '字节流中首个报文到哪里为止：{ length }；无用字节 { skip }；不返回表示还需更多字节。',
  },
  en: {
    up: 'bytes → words. Also possible: device, readings, events, attributes, reply, answer, errors.',
    down: 'commands → bytes',
    frame:
      'Where the first frame of a stream ends: { length }, { skip } for bytes of no use, or nothing: more is needed.',
  },
};

/** What a new script begins with. */
export function templateIn(language: Language): string {
  const { up, down, frame } = comments[language];
  return `// ${up}
function decodeUplink({ bytes, fPort, recvTime, variables }) {
  return { data: { value: bytes[0] } };
}

// ${down}
function encodeDownlink({ method, data, request, device, variables }) {
  return { errors: ['unknown method ' + method] };
}

// ${frame}
function frame({ bytes, variables }) {
  return { length: bytes.length };
}
`;
}
