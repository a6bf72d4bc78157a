import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import nodesBase from 'eslint-plugin-n8n-nodes-base';

const { community, credentials, nodes } = nodesBase.configs;

/** The TypeScript parser that n8n's profile brings, which can also read package.json. */
const { languageOptions } = configWithoutCloudSupport.find((config) => config.files?.includes('package.json') && config.languageOptions?.parser);

/** The five rules that n8n's own profile switches off too: they contradict it or today's n8n. */
const off = [
	'cred-class-field-documentation-url-miscased',
	'cred-class-field-type-options-password-missing',
	'node-class-description-inputs-wrong-regular-node',
	'node-class-description-outputs-wrong',
	'node-param-type-options-max-value-present',
];

const rulesOf = ({ rules }) => ({ ...rules, ...Object.fromEntries(off.map((rule) => [`n8n-nodes-base/${rule}`, 'off'])) });

/** The plugin's configs have the shape of an older ESLint: only their rules are taken. */
const ruleSet = (files, config) => ({
	files,
	plugins: { 'n8n-nodes-base': nodesBase },
	languageOptions,
	rules: rulesOf(config),
});

export default [
	ruleSet(['package.json'], community),
	ruleSet(['credentials/**/*.ts'], credentials),
	ruleSet(['nodes/**/*.ts'], nodes),
];
