/** A rule of the lead score, ready to be asked. */
export interface ScoreLine {
	name: string;
	/** -100 to 100, added when it holds. */
	points: number;
	/** Lines of one group count together at most `mostPerGroup`, either way. */
	group?: string;
	/** Days after which the points are half as many; absent: they stay. */
	halfLifeDays?: number;
	/** What the lead has that makes it hold, in words; undefined when it does not hold. */
	holds: (record: object) => string | undefined;
}

export interface LeadScore {
	/** 0 to 100, whole. */
	score: number;
	/** Each line that holds with its points, then what was cut, e.g. `+20 Large company: company size 200 to 500`. */
	because: string[];
}

export interface ScoreTerms {
	/** Days since the form was sent. Below 0 counts as 0. */
	ageDays: number;
	/** Absent: no limit. */
	mostPerGroup?: number;
}

const mostPoints = 100;

/** Adds the points of all lines that hold: each faded by its age, each group within its limit, the whole within 0 to 100. */
export function scoreLead(lines: readonly ScoreLine[], record: object, { ageDays, mostPerGroup }: ScoreTerms): LeadScore {
	const because: string[] = [];
	const groups = new Map<string, number>();
	let total = 0;
	for (const { name, points, group, halfLifeDays, holds } of lines) {
		const reason = holds(record);
		if (reason === undefined) continue;
		const left = halfLifeDays === undefined ? points : faded(points, Math.max(0, ageDays) / halfLifeDays);
		const was = left === points ? '' : ` of ${signed(points)}, sent ${Math.floor(ageDays)} ${Math.floor(ageDays) === 1 ? 'day' : 'days'} ago`;
		because.push(`${signed(left)} ${name}${was}: ${reason}`);
		if (group === undefined) total += left;
		else groups.set(group, (groups.get(group) ?? 0) + left);
	}
	for (const [group, points] of groups) {
		const within = mostPerGroup === undefined ? points : between(points, -mostPerGroup, mostPerGroup);
		if (within !== points) because.push(`${group}: ${signed(within)} instead of ${signed(points)}, the most of a group`);
		total += within;
	}
	const score = between(total, 0, mostPoints);
	if (score !== total) because.push(total < 0 ? `0 instead of ${signed(total)}, the least` : `${mostPoints} instead of ${total}, the most`);
	return { score, because };
}

function faded(points: number, halfLives: number): number {
	// whole points add up to what the reasons say
	return Math.round(points * 0.5 ** halfLives) || 0;
}

function between(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}

function signed(points: number): string {
	return points < 0 ? `−${-points}` : `+${points}`;
}
