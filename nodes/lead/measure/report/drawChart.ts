import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from 'echarts/charts';
import { GridComponent, type GridComponentOption } from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart, DrawChart } from './chart';

use([BarChart, LineChart, GridComponent, SVGRenderer]);

type Option = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption>;

/** Colours that stand in for the page's own, which differ in light and dark and in print. */
const colours = { ink: '#00000a', muted: '#00000b', line: '#00000c', good: '#00000d', bad: '#00000e', main: '#00000f', second: '#00001a', third: '#00001b', surface: '#00001c' } as const;
const series = [colours.main, colours.second, colours.third];

const font = { fontFamily: 'inherit', fontSize: 12, color: colours.muted };
const quiet = { silent: true, emphasis: { disabled: true } } as const;
/** Keeps letters of the label area from standing in each other. */
const letterWidth = 6.6;

/** Draws a chart as SVG text for a page, with the page's own colours (`var(--…)`), no style sheet and nothing to click. */
export const drawChart: DrawChart = (chart, width) => {
	const height = chart.kind === 'rows' ? 30 + chart.labels.length * 34 : 200;
	const drawn = init(null, null, { renderer: 'svg', ssr: true, width, height });
	try {
		drawn.setOption({ animation: false, ...(chart.kind === 'rows' ? rows(chart, width) : overTime(chart)) });
		return tidy(drawn.renderToSVGString(), `${chart.id}-${width}`, chart.title);
	} finally {
		drawn.dispose();
	}
};

function rows({ labels, lines, target }: Chart, width: number): Option {
	const [{ values, said, passes }] = lines;
	const room = Math.min(width * 0.42, Math.max(...labels.map(({ length }) => length)) * letterWidth + 22);
	return {
		grid: { left: room, right: Math.max(76, Math.max(...said.map(({ length }) => length)) * letterWidth + 12), top: 6, bottom: 10 },
		xAxis: { type: 'value', show: false, min: 0, max: Math.max(target ?? 0, ...values.map((value) => value ?? 0)) || 1 },
		yAxis: {
			type: 'category', data: labels, inverse: true, axisLine: { show: false }, axisTick: { show: false },
			axisLabel: { ...font, color: colours.ink, width: room - 18, overflow: 'truncate' },
		},
		series: [{
			type: 'bar', ...quiet, barWidth: 16,
			data: values.map((value, place) => ({
				value: value ?? 0,
				itemStyle: { color: passes?.[place] === false ? colours.bad : passes?.[place] === true ? colours.good : colours.main, borderRadius: 3 },
			})),
			label: { show: true, position: 'right', formatter: ({ dataIndex }) => said[dataIndex] ?? '', ...font, color: colours.ink, textBorderWidth: 0 },
		}],
	};
}

function overTime({ labels, lines, kind, target, isShare }: Chart): Option {
	const last = labels.length - 1;
	return {
		grid: { left: isShare ? 42 : 34, right: kind === 'lines' ? 58 : 10, top: 22, bottom: 26 },
		xAxis: { type: 'category', data: labels, boundaryGap: kind === 'columns', axisTick: { show: false }, axisLine: { lineStyle: { color: colours.line } }, axisLabel: { ...font, hideOverlap: true } },
		yAxis: {
			type: 'value', min: 0, ...(isShare ? { max: 1, interval: 0.25 } : {}), splitNumber: 4, splitLine: { lineStyle: { color: colours.line, width: 1 } },
			axisLabel: { ...font, formatter: (value: number) => (isShare ? `${Math.round(value * 100)} %` : String(value)) },
		},
		series: [
			...lines.map(({ values, said, passes }, place): BarSeriesOption | LineSeriesOption => {
				if (kind === 'columns') {
					return {
						type: 'bar', ...quiet, barMaxWidth: 34,
						data: values.map((value, at) => ({ value: value ?? 0, itemStyle: { color: at === last ? (passes?.[at] === false ? colours.bad : colours.main) : colours.line, borderRadius: [3, 3, 0, 0] } })),
						label: { show: true, position: 'top', formatter: ({ dataIndex }) => said[dataIndex] ?? '', ...font, color: colours.ink, textBorderWidth: 0 },
					};
				}
				const color = series[place % series.length];
				return {
					type: 'line', ...quiet, data: values.map((value) => value ?? '-'), connectNulls: true, symbol: 'circle', symbolSize: 6,
					lineStyle: { color, width: 2.5, type: place === 0 ? 'solid' : place === 1 ? [7, 4] : [2, 3] }, itemStyle: { color, borderColor: color },
					label: { show: true, position: 'right', distance: 6, formatter: ({ dataIndex }) => (dataIndex === last ? said[dataIndex] ?? '' : ''), ...font, color, fontWeight: 600, textBorderWidth: 0 },
				};
			}),
			...(target === undefined ? [] : [{
				type: 'line' as const, ...quiet, data: labels.map(() => target), symbol: 'none', lineStyle: { color: colours.muted, width: 1.25, type: [4, 4] },
			}]),
		],
	};
}

/** Without style sheet, classes and marks of the library; with ids that differ from those of the other charts. */
function tidy(svg: string, id: string, title: string): string {
	let text = svg
		.replace(/<style[\s\S]*?<\/style>/g, '')
		.replace(/ (?:class|pointer-events|ecmeta_\w+|baseProfile|xml:space|version)="[^"]*"/g, '')
		.replace(/style="font-size:(\d+)px;font-family:inherit;(?:font-weight:(\d+);)?"/g, (_all, size: string, weight?: string) => `font-size="${size}"${weight === undefined ? '' : ` font-weight="${weight}"`}`)
		.replace(/zr\d+-c/g, `${id}-c`)
		.replace(/\n+/g, '');
	for (const [name, colour] of Object.entries(colours)) text = text.replaceAll(`"${colour}"`, `"var(--${name})"`);
	return text.replace(/^<svg[^>]*?(viewBox="[^"]*")[^>]*>/, `<svg xmlns="http://www.w3.org/2000/svg" $1 role="img" aria-label="${title}">`).replace(/<rect[^>]*fill="none"[^>]*><\/rect>/, '');
}
