const { transformSync } = require('esbuild');

/** Lets tests load the libraries that ship ES modules only, as the bundle does. */
module.exports = {
	process: (source) => ({ code: transformSync(source, { format: 'cjs', platform: 'node', target: 'node24' }).code }),
};
