const { parse } = require('flatted');
const { DemoError } = require('./say');
const { waitFor } = require('./waitFor');

const sampleTrigger = 'Run With Sample Leads';
const sampleNode = 'Split Into Single Forms';
const lastNode = 'Show Each Lead';
const resendNode = 'Skip Resent Form';

/** What each node of a run gave, by node name: `[{ json }, …]` of its first run, all outputs. */
function outputsOf(execution) {
	const { resultData } = parse(execution.data);
	return Object.fromEntries(Object.entries(resultData.runData).map(([name, [run]]) => [
		name, (run.data?.main ?? []).flatMap((items) => items ?? []),
	]));
}

/** Why a run failed, in n8n's words. */
function failureOf(execution) {
	const { error, lastNodeExecuted } = parse(execution.data).resultData;
	return error ? `${lastNodeExecuted}: ${error.message}${error.description ? ` (${error.description})` : ''}` : undefined;
}

/**
 * Sets up the demo client, clears its earlier leads and gives the sample forms,
 * by running the template by hand up to the node that holds them.
 */
async function prepareSamples(api, workflow) {
	const execution = await api.runByHand(workflow, { trigger: sampleTrigger, until: sampleNode });
	if (execution.status !== 'success') throw new DemoError(`The demo client could not be set up: ${failureOf(execution) ?? execution.status}`);
	return outputsOf(execution)[sampleNode].map(({ json }) => json);
}

/**
 * Posts the forms to the template's webhook one after the other, as visitors would.
 *
 * @param {{ oneByOne?: boolean }} pace - `oneByOne`: each run ends before the next form is sent, so that several workers keep their order.
 * @returns one row per delivery, in the order of the forms.
 */
async function deliver(api, url, workflow, forms, { oneByOne = false } = {}) {
	const rows = [];
	for (const [index, form] of forms.entries()) {
		const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...form.headers }, body: JSON.stringify(form.body) });
		const acknowledged = await answer.json().catch(() => ({}));
		rows.push({ number: index + 1, story: form.story, status: answer.status, submissionId: acknowledged.submissionId, leadId: acknowledged.leadId });
		if (oneByOne) await finishedExecutions(api, workflow, index + 1);
	}
	const executions = await finishedExecutions(api, workflow, forms.length);
	executions.forEach((execution, index) => {
		const outputs = outputsOf(execution);
		const [last] = outputs[lastNode] ?? [];
		const [resent] = outputs[resendNode] ?? [];
		const json = last?.json ?? {};
		Object.assign(rows[index], last
			? json
			: resent
				? { leadId: resent.json.leadId, name: resent.json.lead.fullName, verdict: 'resend', why: resent.json.match.because.join('; ') }
				: { failure: failureOf(execution) ?? `no result, run ${execution.id} is ${execution.status}` });
	});
	return rows;
}

async function finishedExecutions(api, workflow, count) {
	return await waitFor(`n8n to finish ${count} runs`, 60_000, async () => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id, mode: 'webhook' }));
		const { results } = await api.request('GET', `/rest/executions?filter=${filter}&limit=${count}`);
		const runs = results.filter(({ mode }) => mode === 'webhook').slice(0, count);
		if (runs.length < count || runs.some(({ status }) => ['new', 'running', 'waiting'].includes(status))) return undefined;
		const inOrder = runs.sort((a, b) => Number(a.id) - Number(b.id));
		return await Promise.all(inOrder.map(({ id }) => api.request('GET', `/rest/executions/${id}`)));
	});
}

module.exports = { sampleTrigger, sampleNode, outputsOf, failureOf, prepareSamples, deliver };
