import type { Problem } from '../leadError';
import { quote } from '../shorten';
import type { CalendarSettings, Member, SlaPolicy } from './clientSettings';
import { repeated, type SettingsParts } from './settingsParts';

/** Hours that open nothing, dates that don't exist, days off that end before they begin, warnings before the start. */
export function checkTimes(parts: SettingsParts): Problem[] {
	return [
		...parts.calendars.entries.flatMap(({ value }) => calendarProblems(value)),
		...parts.members.entries.flatMap(({ value }) => timeOffProblems(value)),
		...parts.slaPolicies.entries.flatMap(({ value }) => warningProblems(value)),
	];
}

function calendarProblems(calendar: CalendarSettings): Problem[] {
	const problems: Problem[] = [];
	const title = `Calendar ${quote(calendar.name)}`;
	const weekly = Object.values(calendar.hours).flat();
	if (weekly.length === 0 && !calendar.alwaysOpen) {
		problems.push({
			code: 'CALENDAR_NEVER_OPEN',
			message: `${title} has no hours`,
			description: 'Give at least one day "hours" such as 09:00-17:30, or set "alwaysOpen" to true.',
		});
	}
	for (const span of new Set([...weekly, ...[...calendar.overrides, ...calendar.breaks].flatMap((one) => one.hours)])) {
		const [start, end] = span.split('-');
		const wrong = start === end ? 'is empty' : start >= '24:00' ? 'starts after the day' : end > '24:00' ? 'ends at no time of day' : undefined;
		if (wrong === undefined) continue;
		problems.push({
			code: 'HOURS_INVALID',
			message: `${title}: the span ${span} ${wrong}`,
			description: 'Write "hours" such as 09:00-17:30; a whole day is 00:00-24:00, and an end before the start runs over midnight.',
		});
	}
	for (const { date, hours } of calendar.breaks) {
		for (const span of hours.filter(runsOverMidnight)) {
			problems.push({
				code: 'BREAK_OVER_MIDNIGHT',
				message: `${title}: the break ${span} on ${date} ends on another day`,
				description: 'Let each break of "breaks" end on its own date, at 24:00 at the latest; the rest is a break of the next date.',
			});
		}
	}
	for (const date of new Set([...calendar.holidays, ...[...calendar.overrides, ...calendar.breaks].map((one) => one.date)])) {
		if (!isRealDate(date)) problems.push(noSuchDate(title, date));
	}
	for (const date of repeated(calendar.overrides.map((one) => one.date))) {
		problems.push({
			code: 'OVERRIDE_TWICE',
			message: `${title} overrides ${date} twice`,
			description: 'Keep one entry of "overrides" for each date, with all its hours.',
		});
	}
	return problems;
}

function runsOverMidnight(span: string): boolean {
	const [start, end] = span.split('-');
	return end < start;
}

function timeOffProblems(member: Member): Problem[] {
	const title = `Member ${quote(member.id, 20)}`;
	return member.timeOff.flatMap(({ from, to }) => {
		const unreal = [...new Set([from, to])].filter((date) => !isRealDate(date));
		if (unreal.length > 0) return unreal.map((date) => noSuchDate(title, date));
		if (from <= to) return [];
		return [{
			code: 'TIME_OFF_BACKWARDS',
			message: `${title}: time off ${from} to ${to} is backwards`,
			description: 'In "timeOff", let "to" be the last day away, the same as "from" or later.',
		}];
	});
}

function warningProblems(policy: SlaPolicy): Problem[] {
	const late = policy.clocks.filter(({ minutes, warnMinutesBefore }) => warnMinutesBefore !== undefined && warnMinutesBefore > minutes).map(({ name, minutes }): Problem => ({
		code: 'WARNING_BEFORE_START',
		message: `SLA policy ${quote(policy.name, 20)} warns before its clock ${quote(name, 20)} starts`,
		description: `Set "warnMinutesBefore" to at most the ${minutes} of "minutes".`,
	}));
	if (policy.warnMinutesBefore === undefined || policy.warnMinutesBefore <= policy.firstResponseMinutes) return late;
	return [...late, {
		code: 'WARNING_BEFORE_START',
		message: `SLA policy ${quote(policy.name)} warns before its clock starts`,
		description: `Set "warnMinutesBefore" to at most the ${policy.firstResponseMinutes} minutes of "firstResponseMinutes".`,
	}];
}

function noSuchDate(title: string, date: string): Problem {
	return { code: 'DATE_UNREAL', message: `${title}: there is no ${date}`, description: 'Write dates of the calendar as year-month-day, such as 2026-12-25.' };
}

function isRealDate(date: string): boolean {
	const read = new Date(`${date}T00:00:00Z`);
	return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
}
