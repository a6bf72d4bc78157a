const { waitFor } = require('./waitFor');
const { DemoError } = require('./say');

/** The demo's own login: n8n listens on this machine only, and the folder is the demo's. */
const demoOwner = { email: 'demo@example.com', firstName: 'Demo', lastName: 'Operator', password: 'LeadHandoff1' };

/** Talks to a running n8n as its editor does. */
class N8nApi {
	#url;
	#cookie = '';

	constructor(url) {
		this.#url = url;
	}

	async request(method, path, body) {
		const answer = await fetch(`${this.#url}${path}`, {
			method,
			headers: { 'content-type': 'application/json', 'browser-id': 'lead-handoff-demo', cookie: this.#cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
		if (cookie) this.#cookie = cookie.split(';')[0];
		const text = await answer.text();
		if (!answer.ok) throw new DemoError(`n8n answered ${answer.status} to ${method} ${path}: ${text.slice(0, 500)}`);
		return text === '' ? undefined : (JSON.parse(text).data ?? JSON.parse(text));
	}

	/** Makes the owner on a fresh n8n, else signs in. */
	async signIn() {
		const { userManagement } = await this.request('GET', '/rest/settings');
		if (userManagement?.showSetupOnFirstLoad) await this.request('POST', '/rest/owner/setup', demoOwner);
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: demoOwner.email, password: demoOwner.password });
	}

	/** Imports a template as a new workflow, in place of an earlier import of the same name. */
	async importTemplate(template) {
		const { name, nodes, connections, settings } = template;
		const found = await this.request('GET', `/rest/workflows?filter=${encodeURIComponent(JSON.stringify({ name }))}`);
		// the filter also gives names that only resemble it
		for (const old of found.filter((one) => one.name === name)) await this.remove(old.id);
		return await this.request('POST', '/rest/workflows', { name, nodes, connections, settings, active: false });
	}

	/** Deletes a workflow; waits while n8n is still unpublishing it. */
	async remove(id) {
		await this.request('POST', `/rest/workflows/${id}/archive`);
		await waitFor('n8n to unpublish the earlier import', 30_000, async () => {
			try {
				await this.request('DELETE', `/rest/workflows/${id}`);
				return true;
			} catch (error) {
				if (/answered 409/.test(error.message)) return undefined;
				throw error;
			}
		});
	}

	/** Publishes a workflow and waits until its webhooks answer. */
	async publish(workflow) {
		await this.request('POST', `/rest/workflows/${workflow.id}/activate`, { versionId: workflow.versionId });
		await waitFor('n8n to publish the workflow', 30_000, async () => {
			const { status } = await this.request('GET', `/rest/workflows/${workflow.id}/publication-status`);
			return status === 'published' || undefined;
		});
	}

	/**
	 * Runs a workflow by hand, as the editor's buttons do, and waits for its end.
	 *
	 * @param {{ trigger: string, until?: string }} choice - `until` runs only up to that node.
	 */
	async runByHand(workflow, { trigger, until }) {
		const { executionId } = await this.request('POST', `/rest/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: trigger },
			...(until ? { destinationNode: { nodeName: until, mode: 'inclusive' }, runData: {} } : {}),
		});
		return await this.waitForExecution(executionId);
	}

	async waitForExecution(id) {
		return await waitFor(`run ${id} to end`, 60_000, async () => {
			const execution = await this.request('GET', `/rest/executions/${id}`);
			return ['success', 'error', 'crashed', 'canceled'].includes(execution.status) ? execution : undefined;
		});
	}
}

module.exports = { demoOwner, N8nApi };
