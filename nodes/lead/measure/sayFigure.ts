import type { MetricUnit } from '../metricNames';
import type { ReportWords } from './words/reportWords';

/** Writes a figure in a language: `92 %`, `4.0 min`, `12 h 30 min`, `1,250 EUR`. */
export type SayFigure = (value: number, unit: MetricUnit, currency?: string | null) => string;

const longMinutes = 600;

/** How figures are written in a language. */
export function saidIn({ locale, units }: Pick<ReportWords, 'locale' | 'units'>): SayFigure {
	const number = (value: number, digits: number) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
	return (value, unit, currency) => {
		// a share with a decimal where it would else seem to be its threshold: 94.9 % is not 95 %
		if (unit === 'share') return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.round(value * 1000) / 10)} %`;
		if (unit === 'money') return `${number(value, Math.abs(value) < 100 ? 2 : 0)}${currency ? ` ${currency}` : ''}`;
		if (value < longMinutes) return `${number(value, 1)} ${units.minute}`;
		const minutes = Math.round(value);
		return `${number(Math.floor(minutes / 60), 0)} ${units.hour} ${minutes % 60} ${units.minute}`;
	};
}
