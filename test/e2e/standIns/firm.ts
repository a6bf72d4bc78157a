import { DateTime } from 'luxon';

/** Of the vendors' accounts in the tests. */
export const token = 'only-for-this-test';
export const slackChannels = { live: 'C0LEADS', test: 'C0TEST' };
/** As n8n keeps it once an operator has signed in. */
export const googleCredential = { googleSheetsOAuth2Api: { clientId: 'id', clientSecret: 'secret', oauthTokenData: { access_token: token, refresh_token: 'again', token_type: 'Bearer' } } };

/** Addresses of a CRM's users, by their IDs. */
export const crmUsers: Record<string, string> = { 77: 'Mia@acme.example', 78: 'tom@acme.example', 79: 'sue@acme.example' };

const always = [{ name: 'Always', alwaysOpen: true }];

/** A firm with two reps, each known to Slack, HubSpot and Pipedrive; live, and always open. */
export function firmSettings(change: Record<string, unknown> = {}): object {
	return {
		name: 'Acme Services', mode: 'live', timeZone: 'Europe/London', defaultCountry: 'GB', fallbackOwner: 'tom',
		calendars: always,
		members: [
			{ id: 'mia', name: 'Mia Example', email: 'mia@acme.example', slackId: 'U0MIA', crmId: '77' },
			{ id: 'tom', name: 'Tom Example', email: 'tom@acme.example', slackId: 'U0TOM', crmId: '78' },
		],
		teams: [{ name: 'Sales', manager: 'tom', assignment: 'fixed', members: ['mia', 'tom'] }],
		rules: [{ name: 'Everybody', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' }],
		slaPolicies: [{ name: 'Standard', firstResponseMinutes: 15 }],
		...change,
	};
}

/** A calendar that is closed now and for the rest of the day, with the weekday on which it opens. */
export function closedNow(): { calendars: object[]; opensOn: string } {
	const opening = DateTime.now().setZone('Europe/London').plus({ days: 2 }).setLocale('en-GB');
	return { calendars: [{ name: 'Two days ahead', hours: { [opening.toFormat('cccc').toLowerCase()]: ['09:00-17:30'] } }], opensOn: opening.toFormat('ccc d LLL') };
}

/** Text by which visitors try to reach further than the form. */
export const hostileText = '=HYPERLINK("https://evil.example","pay") <!channel> <@U0BOSS> *now* <script>alert(1)</script> https://evil.example/x [click](https://evil.example)';
