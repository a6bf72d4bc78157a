import { leadStory, type LeadHistory } from '../../../nodes/lead/measure/leadStory';

const history: LeadHistory = {
	openedAt: '2026-11-20T18:30:00.000Z', lastTouchAt: '2026-11-21T10:00:00.000Z', touches: 2, status: 'open', queue: 'North', owner: { name: 'Mia Example' },
	state: 'activated',
	events: [
		{ type: 'won', at: '2026-12-01T12:00:00.000Z', by: 'mia', detail: { amount: 12000, currency: 'EUR', nested: { left: 'out' } } },
		{ type: 'contacted', at: '2026-11-23T09:10:00.000Z', by: null, detail: {} },
		{ type: 'somethingNew', at: '2026-11-24T09:10:00.000Z', by: null, detail: {} },
	],
	reviewItems: [{ stage: 'clean', reasons: ['similar name (0.81)'], openedAt: '2026-11-20T18:30:01.000Z', settledAt: '2026-11-23T08:00:00.000Z' }],
	decisions: {
		clean: { match: { verdict: 'create', externalIds: {}, score: 0, because: ['nobody known has this address'], candidates: [], mergePlan: [] } },
	},
	clock: { status: 'met', dueAt: '2026-11-23T09:15:00.000Z' },
};

describe('leadStory', () => {
	it('tells events, decisions, reviews and the clock in order, in the client\'s zone', () => {
		expect(leadStory(history, 'Europe/Berlin')).toEqual([
			'2026-11-20 19:30 Lead opened',
			'2026-11-20 19:30 Latest enquiry matched as create: nobody known has this address',
			'2026-11-20 19:30 Review asked for (clean): similar name (0.81)',
			'2026-11-21 11:00 Latest of 2 enquiries',
			'2026-11-23 09:00 Review settled (clean)',
			'2026-11-23 10:10 Contacted',
			'2026-11-24 10:10 Something new',
			'2026-12-01 13:00 Won by mia: amount 12000, currency EUR',
			'Now open, with Mia Example in queue North, first answer given in time (due 2026-11-23 10:15)',
		]);
	});

	it('tells the score with its reasons', () => {
		const intent = { name: 'Request Demo', urgency: 'normal', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en', summary: '', nextStep: '', evidence: [], engine: 'rules', because: ['"demo" is in it'], score: 60, scoreBecause: ['+60 Demo: intent is Request Demo'] } as const;
		expect(leadStory({ ...history, decisions: { classify: { intent: { ...intent, evidence: [], because: [...intent.because], scoreBecause: [...intent.scoreBecause] } } } }, 'UTC')).toEqual(expect.arrayContaining([
			'2026-11-20 18:30 Read as Request Demo by rules: "demo" is in it', '2026-11-20 18:30 Scored 60 of 100: +60 Demo: intent is Request Demo',
		]));
	});

	it('says what is missing', () => {
		const bare = { ...history, touches: 1, events: [], reviewItems: [], decisions: {}, clock: null, owner: null, queue: null };
		expect(leadStory(bare, 'UTC')).toEqual(['2026-11-20 18:30 Lead opened', 'Now open, with no owner in no queue, no clock']);
	});
});
