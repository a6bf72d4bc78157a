import type { MemberFairness } from '../fairness';
import type { SayFigure } from '../sayFigure';
import type { Chart } from './chart';
import { sayPart, type PartNames } from './sayParts';

const mostMembers = 12;

/** Share of the team's leads beside the share that the weight promises: those first who are furthest from it. */
export function fairnessChart(fairness: readonly MemberFairness[], names: PartNames, say: SayFigure): Chart[] {
	const shown = fairness.filter(({ leadShare }) => leadShare !== null).sort((a, b) => Number(b.isClear) - Number(a.isClear) || Math.abs(b.difference) - Math.abs(a.difference)).slice(0, mostMembers);
	if (shown.length === 0) return [];
	const { fairnessTitle } = names.words.text;
	return [{
		id: 'fairness', title: fairnessTitle, kind: 'rows', isShare: true,
		labels: shown.map(({ ownerId, team }) => `${sayPart('owner', { value: ownerId, rest: false }, names)} · ${sayPart('queue', { value: team, rest: false }, names)}`),
		lines: [{
			name: fairnessTitle, values: shown.map(({ leadShare }) => leadShare), passes: shown.map(({ isClear }) => !isClear),
			said: shown.map(({ leadShare, weightShare }) => `${say(leadShare ?? 0, 'share')} / ${say(weightShare, 'share')}`),
		}],
	}];
}
