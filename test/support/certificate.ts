import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A key with its certificate, in PEM. */
export interface Certified {
	key: string;
	crt: string;
}

interface Signer {
	name: string;
	key: KeyObject;
}

/** An authority of our own, and what it certifies: X.509 (RFC 5280) with the few fields that TLS asks for. */
export function authority(name: string): { cert: string; certify: (host: string) => Certified } {
	const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const signer: Signer = { name, key: own.privateKey };
	return {
		cert: certificate(name, own.publicKey, signer, basicConstraints(true)),
		certify: (host) => {
			const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
			return {
				key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
				crt: certificate(host, pair.publicKey, signer, Buffer.concat([basicConstraints(false), alternativeName(host)])),
			};
		},
	};
}

function certificate(subject: string, publicKey: KeyObject, by: Signer, extensions: Buffer): string {
	const day = 86_400_000;
	const validity = sequence(time(Date.now() - day), time(Date.now() + 30 * day));
	const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
	const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
	const body = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))), serial, ecdsaWithSha256, named(by.name), validity, named(subject),
		publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, sequence(extensions)),
	);
	const signed = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, by.key)));
	const lines = signed.toString('base64').match(/.{1,64}/g) ?? [];
	return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const bits = (content: Buffer) => der(0x03, Buffer.concat([Buffer.from([0]), content]));
const named = (name: string) => sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)))));
const time = (at: number) => der(0x18, Buffer.from(new Date(at).toISOString().replace(/[-:T]/g, '').replace(/\.\d+Z/, 'Z')));
const extension = (id: Buffer, content: Buffer) => sequence(id, der(0x01, Buffer.from([0xff])), der(0x04, content));
const basicConstraints = (isAuthority: boolean) => extension(oid(0x55, 0x1d, 0x13), sequence(isAuthority ? der(0x01, Buffer.from([0xff])) : Buffer.alloc(0)));

/** A DNS name, or an IPv4 address. */
function alternativeName(host: string): Buffer {
	const isAddress = /^[\d.]+$/.test(host);
	const name = isAddress ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
	return extension(oid(0x55, 0x1d, 0x11), sequence(name));
}
