/** Run by `npm run keep-release`, not by `npm test`: its name ends otherwise. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { gzipSync } from 'node:zlib';
import { closeLedgers } from '../../nodes/host/openLedger';
import { version } from '../../package.json';
import { runWorkflow, type WorkflowFile } from '../support/runWorkflow';
import { ask, liveStory } from './liveFlow';
import { pathsOf } from './recordPaths';
import { ledgerFileIn, readRows, releasesFolder } from './storedRows';

it('keeps the workflow and the ledger of this version', async () => {
	const to = join(releasesFolder, version);
	mkdirSync(to, { recursive: true });
	const template = join(__dirname, '..', '..', 'templates', 'run-the-whole-handoff-on-sample-leads.json');
	copyFileSync(template, join(to, 'handoff.json'));
	const n8nFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-release-'));
	const { run, leadsOf } = await runWorkflow(JSON.parse(readFileSync(template, 'utf8')) as WorkflowFile, { startNode: 'Run With Sample Leads', mode: 'manual', n8nFolder });
	if (run.data.resultData.error) throw run.data.resultData.error;
	const paths = new Set(leadsOf('Start Response Clock').flatMap((lead) => pathsOf(lead)));
	writeFileSync(join(to, 'recordPaths.txt'), `${[...paths].sort().join('\n')}\n`);
	await liveStory(n8nFolder);
	const leads = await ask(n8nFolder, 'lead', 'listLeads') as IDataObject[];
	const [scorecard] = await ask(n8nFolder, 'report', 'scorecard');
	await closeLedgers();
	const empty = Object.entries(readRows(ledgerFileIn(n8nFolder))).filter(([, list]) => list.length === 0).map(([name]) => name);
	process.stdout.write(`Empty tables: ${empty.join(", ") || "none"}\n`);
	writeFileSync(join(to, 'ledger.sqlite.gz'), gzipSync(readFileSync(ledgerFileIn(n8nFolder)), { level: 9 }));
	writeFileSync(join(to, 'told.json'), `${JSON.stringify({ leads, scorecard }, null, '\t')}\n`);
}, 120_000);
