import type { Client } from '../lead/settings/clientSettings';

/** Why nothing was found although leads came in; undefined when the client is live or test leads were looked for. */
export function testModeHint(client: Client | undefined, testLeads: boolean): string | undefined {
	if (testLeads || client?.settings.mode !== 'test') return undefined;
	return 'No live leads. This client is in test mode: turn on Test Leads.';
}
