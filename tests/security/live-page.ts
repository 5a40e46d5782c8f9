import { cookieName, type Visitor } from './visitor.ts';

/** An open page: what is pushed to it, and how it ended. */
export interface LivePage {
  /** Topics refused, of those asked for. */
  subscribe(...topics: string[]): Promise<string[]>;
  say(text: string): void;
  /** Everything heard so far, as it came. */
  heard(): string;
  /** Code the socket is closed with. */
  closed: Promise<number>;
  close(): void;
}

interface Word {
  topic: string;
  data: { refused?: string[] };
}

/** Opens the socket pages listen on with somebody's session; resolves when it is open or refused. */
export async function openPage(url: string, visitor: Visitor, headers: Record<string, string> = {}): Promise<LivePage> {
  const token = visitor.token();
  const cookie = token === undefined ? {} : { cookie: `${cookieName}=${token}` };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, { headers: { ...cookie, ...headers } });
  const words: string[] = [];
  const answers: ((refused: string[]) => void)[] = [];
  socket.addEventListener('message', ({ data }) => {
    const text = String(data);
    for (const word of JSON.parse(text) as Word[])
      if (word.topic === 'subscribed') answers.shift()?.(word.data.refused ?? []);
    words.push(text);
  });
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  await new Promise<void>((resolve) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => resolve());
  });
  return {
    closed,
    say: (text) => socket.send(text),
    heard: () => words.join('\n'),
    close: () => socket.close(),
    subscribe: (...topics) =>
      new Promise((resolve, reject) => {
        answers.push(resolve);
        // Asked until answered: what is sent while the server still looks up who is there need not be heard.
        const again = setInterval(() => socket.send(JSON.stringify({ subscribe: topics })), 250);
        answers[answers.length - 1] = (refused) => {
          clearInterval(again);
          resolve(refused);
        };
        void closed.then((code) => {
          clearInterval(again);
          reject(new Error(`the page was closed: ${code}`));
        });
      }),
  };
}
