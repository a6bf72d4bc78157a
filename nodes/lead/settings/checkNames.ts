import { checkRule, checkRuleNames, listKnown, ruleLabels } from '../checkRule';
import { stages } from '../handoffRecord';
import { isObject } from '../isObject';
import type { Problem } from '../leadError';
import { quote } from '../shorten';
import type { SlaPolicy } from './clientSettings';
import { repeated, type Part, type SettingsParts } from './settingsParts';

/** Names that stand twice, names that nobody has, and what cannot do without a name. */
export function checkNames(document: Record<string, unknown>, parts: SettingsParts): Problem[] {
	const { calendars, members, teams, rules, intents, slaPolicies } = parts;
	const problems: Problem[] = [
		...twice('calendars', calendars, (calendar) => calendar.name),
		...twice('members', members, (member) => member.id),
		...twice('teams', teams, (team) => team.name),
		...checkRuleNames(rules.entries.map(({ number, value }) => ({ number, name: value.name })), ruleLabels.document),
		...twice('intents', intents, (intent) => intent.name),
		...twice('SLA policies', slaPolicies, (policy) => policy.name),
	];
	const need = (holder: string, noun: string, name: unknown, part: Part<unknown>, list: string) => {
		if (typeof name !== 'string' || name.trim() === '' || !part.names || part.names.has(name.trim())) return;
		problems.push({
			code: 'NAME_UNKNOWN',
			message: `${holder} names an unknown ${noun} ${quote(name, 20)}`,
			description: `Add ${quote(name, 60)} to "${list}", or correct the name: ${listKnown(part.names)}.`,
		});
	};
	const needMember = (holder: string, id: unknown) => need(holder, 'member', id, members, 'members');
	const needCalendar = (holder: string, name: unknown) => need(holder, 'calendar', name, calendars, 'calendars');

	needCalendar('The default', document.defaultCalendar);
	for (const { value: member } of members.entries) needCalendar(`Member ${quote(member.name)}`, member.calendar);
	needMember('The fallback owner', document.fallbackOwner);
	problems.push(...inactiveFallback(document.fallbackOwner, parts));
	for (const stage of [...stages, 'firstContact', 'accepted']) {
		needMember(`The owner of ${stage}`, isObject(document.stageOwners) ? document.stageOwners[stage] : undefined);
	}
	for (const { value: team } of teams.entries) {
		const holder = `Team ${quote(team.name)}`;
		for (const id of new Set(team.members)) needMember(holder, id);
		need(holder, 'manager', team.manager, members, 'members');
		needCalendar(holder, team.calendar);
		for (const id of repeated(team.members)) {
			problems.push({
				code: 'MEMBER_TWICE',
				message: `${holder} holds member ${quote(id, 20)} twice`,
				description: 'Name each member once in "members"; who shall get more turns gets a higher "weight".',
			});
		}
	}
	const names = { teams: teams.names, members: members.names, slaPolicies: slaPolicies.names };
	for (const { number, value: rule } of rules.entries) problems.push(...checkRule(rule, number, names, ruleLabels.document));
	for (const { value: policy } of slaPolicies.entries) {
		const holder = `SLA policy ${quote(policy.name)}`;
		for (const name of policy.appliesTo.rules ?? []) need(holder, 'rule', name, rules, 'rules');
		// the first response is a clock too, under this name
		for (const name of repeated(['first response', ...policy.clocks.map((clock) => clock.name.toLowerCase())])) {
			problems.push({ code: 'CLOCK_NAME_TWICE', message: `${holder} has two clocks ${quote(name, 20)}`, description: 'Give each of its "clocks" a name of its own, none of them First Response.' });
		}
		needCalendar(holder, policy.calendar);
		// without intents of its own the client has the ready set, whose names are not in the document
		if (intents.names && intents.names.size > 0) {
			for (const name of policy.appliesTo.intents ?? []) need(holder, 'intent', name, intents, 'intents');
		}
	}
	problems.push(...withoutCatchAll(slaPolicies));
	return problems;
}

function twice<T>(list: string, { entries }: Part<T>, nameOf: (entry: T) => string): Problem[] {
	return repeated(entries.map(({ value }) => nameOf(value).toLowerCase())).map((folded) => {
		const alike = entries.filter(({ value }) => nameOf(value).toLowerCase() === folded);
		return {
			code: 'NAME_TWICE',
			message: `${alike.length === 2 ? 'Two' : alike.length} ${list} are called ${quote(nameOf(alike[0].value))}`,
			description: `Give each of "${list === 'SLA policies' ? 'slaPolicies' : list}" a name of its own; numbers ${alike.map(({ number }) => number).join(', ')} are alike.`,
		};
	});
}

function inactiveFallback(id: unknown, { members }: SettingsParts): Problem[] {
	const owner = members.entries.find(({ value }) => typeof id === 'string' && value.id === id.trim())?.value;
	if (!owner || owner.active) return [];
	return [{
		code: 'FALLBACK_OWNER_INACTIVE',
		message: `The fallback owner ${quote(owner.id)} is not active`,
		description: 'Let "fallbackOwner" name a member whose "active" is true: leads that nobody else can take go there.',
	}];
}

function withoutCatchAll({ entries, whole }: Part<SlaPolicy>): Problem[] {
	const hasCondition = (policy: SlaPolicy) => Object.values(policy.appliesTo).some((condition) => condition !== undefined);
	// an entry that is not of its shape may have been the one
	if (!whole || entries.length === 0 || entries.some(({ value }) => !hasCondition(value))) return [];
	return [{
		code: 'NO_POLICY_FOR_ALL',
		message: 'Every SLA policy has conditions, so a lead could be without a clock',
		description: 'Leave "appliesTo" out of one of "slaPolicies": it holds for every lead that no other policy takes.',
	}];
}
