import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import { globalIgnores } from 'eslint/config';

/** n8n's own profile for packages that are not for n8n Cloud: it allows Node.js built-ins and bundled libraries. */
export default [globalIgnores(['.artifacts/']), ...configWithoutCloudSupport];
