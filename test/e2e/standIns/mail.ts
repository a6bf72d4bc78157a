import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Mail { from: string; to: string[]; subject: string; text: string; html: string }

/** A mail server after RFC 5321 that takes every mail and shows it; in trouble it answers 451 or hangs up. */
export class MailServer {
	readonly mails: Mail[] = [];
	private troubles: number[] = [];
	private isUp = true;
	private readonly server: Server;

	constructor() {
		this.server = createServer((socket) => { this.talk(socket); });
	}

	async start(): Promise<number> {
		await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
		return (this.server.address() as AddressInfo).port;
	}

	stop(): void { this.server.close(); }
	/** The next mails are refused with such a code, e.g. 451 (try later) or 554. */
	failNext(...codes: number[]): void { this.troubles.push(...codes); }
	goDown(): void { this.isUp = false; }
	comeBack(): void {
		this.isUp = true;
		this.troubles = [];
	}

	private talk(socket: Socket): void {
		socket.on('error', () => undefined);
		if (!this.isUp) {
			socket.destroy();
			return;
		}
		const say = (line: string) => socket.write(`${line}\r\n`);
		let [from, to, data, waiting]: [string, string[], string | undefined, string] = ['', [], undefined, ''];
		say('220 localhost ESMTP');
		const answer = (line: string) => {
			if (/^(EHLO|HELO)/i.test(line)) return say('250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN');
			if (/^AUTH/i.test(line)) return say('235 Authentication succeeded');
			if (/^MAIL FROM/i.test(line)) {
				const code = this.troubles.shift();
				if (code !== undefined) return say(`${code} Requested action aborted`);
				[from, to] = [/<(.*?)>/.exec(line)?.[1] ?? '', []];
				return say('250 OK');
			}
			if (/^RCPT TO/i.test(line)) {
				to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
				return say('250 OK');
			}
			if (/^DATA/i.test(line)) {
				data = '';
				return say('354 End data with <CR><LF>.<CR><LF>');
			}
			if (/^QUIT/i.test(line)) {
				say('221 Bye');
				return socket.end();
			}
			return say(/^(RSET|NOOP)/i.test(line) ? '250 OK' : '502 Command not implemented');
		};
		socket.on('data', (part: Buffer) => {
			waiting += part.toString('latin1');
			for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
				const line = waiting.slice(0, end);
				waiting = waiting.slice(end + 2);
				if (data === undefined) answer(line);
				else if (line === '.') {
					this.mails.push({ from, to, ...readMail(data) });
					data = undefined;
					say('250 OK');
				} else data += `${line.replace(/^\.\./, '.')}\r\n`;
			}
		});
	}
}

/** Subject and bodies of a message, RFC 5322 with the MIME parts that mail programs write. */
function readMail(source: string): Pick<Mail, 'subject' | 'text' | 'html'> {
	const { headers, body } = partsOf(source);
	const boundary = /boundary="?([^";\r\n]+)/i.exec(headers['content-type'] ?? '')?.[1];
	const parts = boundary === undefined ? [{ headers, body }] : body.split(`--${boundary}`).slice(1, -1).map((part) => partsOf(part.replace(/^\r\n/, '')));
	const of = (type: string) => parts.filter((part) => (part.headers['content-type'] ?? 'text/plain').startsWith(type)).map(decoded).join('').trim();
	const subject = (headers.subject ?? '').replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, how: string, words: string) => (how.toLowerCase() === 'b' ? Buffer.from(words, 'base64').toString() : unquoted(words.replaceAll('_', ' '))));
	return { subject, text: of('text/plain'), html: of('text/html') };
}

function partsOf(source: string): { headers: Record<string, string>; body: string } {
	const end = source.indexOf('\r\n\r\n');
	const head = (end < 0 ? source : source.slice(0, end)).replace(/\r\n[ \t]+/g, ' ');
	const headers = Object.fromEntries(head.split('\r\n').map((line) => [line.split(':')[0].toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
	return { headers, body: end < 0 ? '' : source.slice(end + 4) };
}

function decoded({ headers, body }: { headers: Record<string, string>; body: string }): string {
	const how = (headers['content-transfer-encoding'] ?? '7bit').toLowerCase();
	if (how === 'base64') return Buffer.from(body, 'base64').toString();
	return how === 'quoted-printable' ? unquoted(body) : Buffer.from(body, 'latin1').toString();
}

function unquoted(text: string): string {
	const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString();
}
