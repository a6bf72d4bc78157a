import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import { globalIgnores } from 'eslint/config';

/** n8n's own profile for packages that are not for n8n Cloud: it allows Node.js built-ins and bundled libraries. */
export default [
	globalIgnores(['.artifacts/']),
	...configWithoutCloudSupport,
	{
		// tests start the packed package and a real n8n in processes of their own; nothing of this ships
		files: ['test/**/*.ts', 'bench/**/*.ts'],
		rules: { '@n8n/community-nodes/no-dangerous-functions': 'off' },
	},
	// what a benchmark finds is what it prints
	{ files: ['bench/**/*.ts'], rules: { 'no-console': 'off' } },
];
