import { answerSchema } from '../../../nodes/lead/classify/answerSchema';
import { readAnswer } from '../../../nodes/lead/classify/readAnswer';
import { toTaxonomy } from '../../../nodes/lead/classify/taxonomy';
import { goodAnswer } from '../../support/fakeOpenAi';

const schema = answerSchema(toTaxonomy([]));
const json = JSON.stringify(goodAnswer);

describe('readAnswer', () => {
	it.each([
		['an object', goodAnswer],
		['JSON text', json],
		['a code fence', `\`\`\`json\n${json}\n\`\`\``],
		['prose around it', `Sure, here it is: ${json} Anything else?`],
		['braces inside a string', JSON.stringify({ ...goodAnswer, useCase: 'wants {this}" and \\ that' })],
		['keys that nobody asked for, which are dropped', { ...goodAnswer, owner: 'attacker', queue: 'VIP' }],
	])('reads %s', (_name, content) => {
		const read = readAnswer(content, schema);
		expect(read.status).toBe('read');
		expect(Object.keys(read.status === 'read' ? read.answer : {}).sort()).toEqual(Object.keys(goodAnswer).sort());
	});

	it.each([
		['nothing', null, 'the answer was empty'],
		['empty text', '  ', 'the answer was empty'],
		['a number', 7, 'the answer was empty'],
		['prose', 'I think it is a project', 'the answer was not JSON'],
		['a cut-off object', json.slice(0, -20), 'the answer was not JSON'],
		// the first may be what the lead wrote, said again
		['two objects', `${json}\n${json}`, 'the answer held more than one object'],
		['a list', '[]', /^the answer was not of its shape/],
		['an intent of its own', { ...goodAnswer, intent: 'Give Refund' }, 'the answer was not of its shape (intent)'],
		['wrong types', { ...goodAnswer, confidence: 'high', evidence: 'yes' }, 'the answer was not of its shape (confidence, evidence)'],
		['a confidence over one', { ...goodAnswer, confidence: 85 }, 'the answer was not of its shape (confidence)'],
		['a missing key', { ...goodAnswer, urgency: undefined }, 'the answer was not of its shape (urgency)'],
		['a flood', `{"a":"${'x'.repeat(60_000)}`, 'the answer was far too long'],
	])('does not read %s', (_name, content, reason) => {
		expect(readAnswer(content, schema)).toEqual({ status: 'unreadable', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) });
	});
});
