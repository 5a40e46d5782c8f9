import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A letter as it arrived, and who the sender said he was. */
export interface Letter {
  to: string[];
  data: string;
  auth: string;
}

/** A small SMTP server on loopback; `refuse` answers 550 to a recipient, `busy` 451 to everything. */
export async function smtpRelay(mood: 'kind' | 'refuse' | 'busy' = 'kind', port = 0) {
  const letters: Letter[] = [];
  const serve = (socket: Socket) => {
    let letter: Letter = { to: [], data: '', auth: '' };
    let inData = false;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const command = (line: string): void => {
      if (inData) {
        if (line !== '.') {
          letter.data += `${line.replace(/^\.\./, '.')}\n`;
          return;
        }
        inData = false;
        letters.push(letter);
        letter = { to: [], data: '', auth: letter.auth };
        say('250 taken');
      } else if (/^EHLO/i.test(line)) say('250-sink\r\n250 AUTH PLAIN');
      else if (/^AUTH PLAIN/i.test(line)) {
        letter.auth = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('utf8');
        say('235 welcome');
      } else if (mood === 'busy' && /^MAIL/i.test(line)) say('451 try later');
      else if (mood === 'refuse' && /^RCPT/i.test(line)) say('550 no such mailbox');
      else if (/^RCPT/i.test(line)) {
        letter.to.push(line);
        say('250 ok');
      } else if (/^DATA/i.test(line)) {
        inData = true;
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    };
    say('220 sink');
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('data', (part: string) => {
      const lines = (rest + part).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) command(line);
    });
  };
  const server = createServer(serve);
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  return { port: (server.address() as AddressInfo).port, letters, close: () => void server.close() };
}
