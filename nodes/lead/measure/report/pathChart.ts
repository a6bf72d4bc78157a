import type { Scorecard } from '../scorecard';
import type { ReportWords } from '../words/reportWords';
import type { Chart } from './chart';

/** From lead to deal: how many went how far. */
export function pathChart({ leads, reached }: Scorecard, words: ReportWords): Chart {
	const { pathSteps } = words.text;
	const steps: [string, number][] = [
		[pathSteps.leads, leads], [pathSteps.contacted, reached.contacted], [pathSteps.meeting, reached.meeting],
		[pathSteps.opportunity, reached.opportunity], [pathSteps.won, reached.won],
	];
	const shown = steps.filter(([, count], place) => place < 3 || count > 0);
	const number = new Intl.NumberFormat(words.locale);
	return {
		id: 'path', title: words.text.pathTitle, kind: 'rows', labels: shown.map(([name]) => name),
		lines: [{ name: words.text.pathTitle, values: shown.map(([, count]) => count), said: shown.map(([, count], place) => (place === 0 || leads === 0 ? number.format(count) : `${number.format(count)} · ${Math.round((count / leads) * 100)} %`)) }],
	};
}
