import { z } from 'zod/v4';
import { calendarSchema, clientSettingsSchema, intentSchema, memberSchema, ruleSchema, slaPolicySchema, teamSchema } from '../clientSettings';
import { unwrapped } from '../knownKeys';
import { columnsOf, findColumn, foldHeader, headersOf, type Column } from './columns';

/** Tabs of a sheet that settings can be kept in, in the order in which they are read. The values are public API. */
export const tabNames = ['client', 'calendars', 'holidays', 'team', 'teams', 'timeOff', 'intents', 'sla', 'rules'] as const;
export type TabName = (typeof tabNames)[number];

export interface Tab {
	label: string;
	/** Folded names by which a column or an operator may call it. */
	called: readonly string[];
	columns: readonly Column[];
	/** Whether rows with these columns belong to it; asked in the order of `recognitionOrder`. */
	isMeant: (has: (key: string) => boolean) => boolean;
}

const text = z.string().trim().min(1);
const list = z.array(text);

/** A column that is no setting of one entry: its row says something about another one. */
function extra(key: string, schema: z.ZodType, ...more: string[]): Column {
	return { path: [`:${key}`], schema, headers: [...headersOf(key), ...more] };
}

/** Time off of one member; what comes into its schema is a column too. */
const timeOffColumns = columnsOf((unwrapped(memberSchema.shape.timeOff) as z.ZodArray).element as z.ZodType);
const holidayDate: Column = { path: [':date'], schema: (unwrapped(calendarSchema.shape.holidays) as z.ZodArray).element as z.ZodType, headers: headersOf('date') };
const spans = ((unwrapped(calendarSchema.shape.overrides) as z.ZodArray).element as z.ZodObject).shape as Record<string, z.ZodType>;

export const tabs: Record<TabName, Tab> = {
	client: {
		label: 'Client', called: ['client', 'general', 'settings', 'client settings', 'kunde', 'allgemein', 'client general'],
		columns: columnsOf(clientSettingsSchema, ['mode', 'liveSince']),
		isMeant: (has) => has('timeZone') || has('defaultCountry') || has('language') || has('retentionDays'),
	},
	calendars: {
		label: 'Calendars', called: ['calendars', 'calendar', 'working hours', 'hours', 'kalender', 'arbeitszeiten'],
		columns: columnsOf(calendarSchema, ['holidays', 'breaks', 'overrides']),
		isMeant: (has) => has('hours') || has('alwaysOpen'),
	},
	holidays: {
		label: 'Holidays', called: ['holidays', 'holiday', 'public holidays', 'feiertage', 'jours feries', 'festivos'],
		columns: [holidayDate, extra('calendar', list), extra('hours', spans.hours)],
		isMeant: (has) => has(':date'),
	},
	team: {
		label: 'Team', called: ['team', 'members', 'member', 'people', 'reps', 'sales reps', 'mitarbeiter', 'equipe', 'equipo'],
		columns: [...columnsOf(memberSchema, ['timeOff']), extra('team', list), extra('manager', text), extra('fallbackOwner', z.boolean())],
		isMeant: (has) => has('email') || has('weight') || has(':team') || has('slackId') || has('crmId'),
	},
	teams: {
		label: 'Teams', called: ['teams', 'groups', 'team settings'],
		columns: columnsOf(teamSchema),
		isMeant: (has) => has('assignment') || has('whenNobodyAvailable') || has('members'),
	},
	timeOff: {
		label: 'Time Off', called: ['time off', 'timeoff', 'away', 'absences', 'holidays of the team', 'vacation', 'abwesenheiten', 'urlaub', 'conges', 'ausencias', 'vacaciones'],
		columns: [extra('member', text, 'name', 'rep', 'email', 'e mail', 'who', 'your name', 'your email', 'mitarbeiter', 'nom', 'nombre'), ...timeOffColumns],
		isMeant: (has) => has('from'),
	},
	intents: {
		label: 'Intents', called: ['intents', 'intent', 'absichten', 'intentions', 'intenciones'],
		columns: columnsOf(intentSchema),
		isMeant: (has) => has('nextStep') || has('keywords') || has('examples'),
	},
	sla: {
		label: 'SLA', called: ['sla', 'slas', 'sla policies', 'policies', 'response times', 'antwortzeiten'],
		columns: [...columnsOf(slaPolicySchema), extra('escalation', list)],
		isMeant: (has) => has('firstResponseMinutes'),
	},
	rules: {
		label: 'Rules', called: ['rules', 'rule', 'routing', 'routing rules', 'decision table', 'regeln', 'regles', 'reglas'],
		columns: [...columnsOf(ruleSchema), extra('field', text), extra('operator', text), extra('value', text)],
		isMeant: (has) => has('queue') || has(':field'),
	},
};

/** What is surest is asked first: many tabs have a name and an address. */
const recognitionOrder: readonly TabName[] = ['sla', 'calendars', 'intents', 'timeOff', 'rules', 'holidays', 'teams', 'team', 'client'];

/** The tab of that name, however it is written; undefined when there is none. */
export function tabCalled(name: string): TabName | undefined {
	const folded = foldHeader(name);
	return tabNames.find((tab) => tabs[tab].called[0] === folded || foldHeader(tab) === folded) ?? tabNames.find((tab) => tabs[tab].called.includes(folded));
}

/** The tab whose columns a row has; undefined when it could be none. */
export function tabByColumns(headers: readonly string[]): TabName | undefined {
	return recognitionOrder.find((tab) => {
		const found = new Set(headers.map((header) => findColumn(tabs[tab].columns, header)?.path[0]));
		return tabs[tab].isMeant((key) => found.has(key));
	});
}
