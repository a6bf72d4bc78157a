/** A chart of a report, as data; what is said of it is written already, in the language of the report. */
export interface Chart {
	/** Unique in its page: letters and `-`. */
	id: string;
	/** Escaped for HTML. */
	title: string;
	/** `rows`: bars to the right, one for each label. `columns`: bars over time, the last one stands out. `lines`: over time. */
	kind: 'rows' | 'columns' | 'lines';
	labels: string[];
	/** For `rows` and `columns` one. */
	lines: {
		name: string;
		/** Null where there is no figure. */
		values: (number | null)[];
		/** Each value as it is written. */
		said: string[];
		/** Whether each reaches its target; null when it has none. */
		passes?: (boolean | null)[];
	}[];
	/** Drawn as a line of its own. */
	target?: number;
	/** Whether the values are shares from 0 to 1, so that the axis is one of percent. */
	isShare?: boolean;
}

/** Draws a chart as SVG text, so many pixels wide. */
export type DrawChart = (chart: Chart, width: number) => string;
