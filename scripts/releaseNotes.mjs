/**
 * Text of a release: its part of CHANGELOG.md, and the sha512 of the tarball, which fleets pin.
 *
 *   node scripts/releaseNotes.mjs v0.1.0 n8n-nodes-lead-handoff-0.1.0.tgz
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [tag, tarball] = process.argv.slice(2);
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
if (tag !== `v${version}`) throw new Error(`The tag ${tag} is not the version of package.json, ${version}`);
const changes = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m).find((part) => part.startsWith(version));
if (!changes) throw new Error(`CHANGELOG.md has no part "## ${version}"`);
if (/not released yet/.test(changes)) throw new Error(`CHANGELOG.md still says that ${version} is not released`);
const checksum = createHash('sha512').update(readFileSync(tarball)).digest('base64');
process.stdout.write(`${changes.split('\n').slice(1).join('\n').trim()}

## Checksum

\`${name}@${version}\`, as npm and n8n's managed packages take it:

\`\`\`
sha512-${checksum}
\`\`\`
`);
