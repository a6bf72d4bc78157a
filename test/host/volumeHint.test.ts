import { isGoneWithContainer, volumeHint } from '../../nodes/host/volumeHint';

const overlay = '1034 1033 0:63 / / rw,relatime master:312 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A,upperdir=/b,workdir=/c';
const proc = '1035 1034 0:66 / /proc rw,nosuid - proc proc rw';
const named = '1046 1034 254:1 /var/lib/docker/volumes/n8n_data/_data /home/node/.n8n rw,relatime master:1 - ext4 /dev/vda1 rw';
const spaced = '1046 1034 254:1 /data /home/node/my\\040folder rw - xfs /dev/vda1 rw';
const memory = '1050 1034 0:71 / /home/node/.n8n rw - tmpfs tmpfs rw';
const nfs = '1051 1034 0:72 / /home/node/.n8n rw - nfs4 server:/n8n rw';
const folder = '/home/node/.n8n/storage/n8n-nodes-lead-handoff';

describe('isGoneWithContainer', () => {
	it.each([
		{ name: 'a folder on the container\'s own layer', mounts: [overlay, proc], gone: true },
		{ name: 'a folder on a named volume', mounts: [overlay, proc, named], gone: false },
		{ name: 'a folder on a network volume', mounts: [overlay, nfs], gone: false },
		{ name: 'a folder in memory', mounts: [overlay, memory], gone: true },
		{ name: 'a volume that was mounted over memory', mounts: [overlay, memory, named], gone: false },
		{ name: 'a volume beside the folder', mounts: [overlay, named.replace('/home/node/.n8n', '/home/node/.n8n-backup')], gone: true },
		{ name: 'an empty list', mounts: [], gone: false },
		{ name: 'lines that are none', mounts: ['x', '', '1 2 3'], gone: false },
	])('knows $name', ({ mounts, gone }) => {
		expect(isGoneWithContainer(folder, { isContainer: true, mountInfo: mounts.join('\n') })).toBe(gone);
	});

	it('reads places with blanks', () => {
		expect(isGoneWithContainer('/home/node/my folder/x', { isContainer: true, mountInfo: [overlay, spaced].join('\n') })).toBe(false);
	});

	it.each([
		{ name: 'outside of a container', isContainer: false, mountInfo: overlay },
		{ name: 'where mounts can\'t be seen', isContainer: true, mountInfo: undefined },
	])('says nothing $name', (surroundings) => {
		expect(volumeHint(folder, surroundings)).toBeUndefined();
	});

	it('says in the hint what to mount', () => {
		expect(volumeHint(folder, { isContainer: true, mountInfo: overlay })).toContain('Mount a lasting volume');
	});
});
