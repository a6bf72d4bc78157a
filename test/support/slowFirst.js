const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Slowest first. jest takes large files for slow ones, and the CRMs' are tiny files with a long contract. */
const slow = [
	'sweepTemplate', 'reports', 'hubspotTemplates', 'salesforceTemplates', 'pipedriveTemplates', 'ruleRouter', 'inboxTemplate',
	'slaWatchPanels', 'settings', 'aroundTheCore', 'slaWatch', 'answerTemplate', 'crash', 'classifier', 'editor',
];

const placeOf = ({ path }) => {
	const place = slow.indexOf(basename(path, '.test.ts'));
	return place < 0 || !path.includes('e2e') ? slow.length : place;
};

/** Starts the slow tests in a real n8n first, so that no worker is alone with one in the end. */
module.exports = class SlowFirst extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((one, other) => placeOf(one) - placeOf(other));
	}
};
