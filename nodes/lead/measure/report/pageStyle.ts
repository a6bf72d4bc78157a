/** Longer than other files because a page that holds all it needs holds its style sheet: colours in light and dark, a phone, print. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #f5f6f8; --surface: #fff; --ink: #1a2130; --muted: #5b6577; --line: #dfe3ea; --main: #2f5fd0; --second: #0d8a72; --third: #9a5a00;
	--good: #157347; --bad: #b3261e; --warn: #8a5a00; --good-soft: #e4f3ea; --bad-soft: #fbe7e5; --warn-soft: #fbf0d9; --soft: #eef1f6; }
@media (prefers-color-scheme: dark) { :root { --page: #12151c; --surface: #1a1f29; --ink: #e8ebf1; --muted: #a3adbd; --line: #303846; --main: #7ea2ff; --second: #4cc7aa; --third: #e3a548;
	--good: #5fce92; --bad: #ff8f85; --warn: #e8b85a; --good-soft: #173325; --bad-soft: #41211f; --warn-soft: #3a2f17; --soft: #232a36; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 24px 40px; }
header { display: flex; align-items: center; gap: 18px; margin-bottom: 22px; }
header img { max-height: 48px; max-width: 150px; background: #fff; border-radius: 6px; padding: 4px; }
h1 { font-size: 24px; line-height: 1.2; margin: 0; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 0 0 12px; }
h3 { font-size: 14px; margin: 0 0 8px; }
.sub { color: var(--muted); margin: 4px 0 0; }
.count { margin-left: auto; text-align: right; white-space: nowrap; font-size: 20px; font-weight: 650; }
.test { background: var(--warn-soft); color: var(--warn); padding: 8px 14px; border-radius: 8px; margin: 0 0 18px; font-weight: 600; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; }
.five { display: grid; grid-template-columns: repeat(5, 1fr); gap: 14px; margin-bottom: 14px; }
.five .card { padding: 18px 16px 16px; display: flex; flex-direction: column; min-width: 0; position: relative; overflow: hidden; }
.five .card::before { content: ""; position: absolute; inset: 0 0 auto; height: 4px; background: var(--line); } .five .pass::before { background: var(--good); } .five .fail::before { background: var(--bad); }
.five .name { color: var(--muted); font-size: 13px; line-height: 1.3; min-height: 2.6em; }
.five .value { font-size: 30px; line-height: 1.15; font-weight: 680; letter-spacing: -.02em; margin: 6px 0 8px; }
.five .none { font-size: 17px; font-weight: 600; color: var(--muted); margin: 14px 0; letter-spacing: 0; }
.five .more { margin-top: auto; font-size: 13px; color: var(--muted); }
.mark { display: inline-block; border-radius: 999px; padding: 1px 9px; font-size: 12.5px; font-weight: 600; white-space: nowrap; background: var(--soft); color: var(--muted); }
.mark.good { background: var(--good-soft); color: var(--good); } .mark.bad { background: var(--bad-soft); color: var(--bad); } .mark.warn { background: var(--warn-soft); color: var(--warn); }
.trend { white-space: nowrap; } .better { color: var(--good); } .worse { color: var(--bad); }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 14px; margin-bottom: 14px; } .two > *, .grid > * { margin: 0; min-width: 0; }
.todo { box-shadow: inset 4px 0 0 var(--main); }
ol, ul { margin: 0; padding-left: 22px; } li { margin: 0 0 8px; } li:last-child { margin: 0; } ul.plain { list-style: none; padding: 0; }
figure { margin: 0; min-width: 0; } figcaption { font-size: 14px; font-weight: 600; margin-bottom: 8px; }
svg { display: block; width: 100%; height: auto; } .narrow { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 12.5px; color: var(--muted); margin: 0 0 4px; padding: 0; list-style: none; }
.legend li { margin: 0; } .legend b { display: inline-block; width: 22px; border-top: 3px solid; vertical-align: 4px; margin-right: 6px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th { text-align: right; font-weight: 600; color: var(--muted); font-size: 12.5px; line-height: 1.25; vertical-align: bottom; } th:first-child, td:first-child { text-align: left; }
th, td { padding: 7px 10px; border-bottom: 1px solid var(--line); } td { text-align: right; white-space: nowrap; } tr:last-child td { border-bottom: 0; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
td.name { overflow-wrap: anywhere; white-space: normal; min-width: 130px; } .only { display: none; } small { color: var(--muted); font-weight: 400; font-size: 11.5px; } td.note { color: var(--muted); font-size: 13px; text-align: left; white-space: normal; } td .line { display: block; } th.note { text-align: left; }
.share { display: block; height: 4px; max-width: 220px; border-radius: 2px; background: var(--soft); margin-top: 4px; } .share i { display: block; height: 4px; border-radius: 2px; background: var(--main); }
td.bad { color: var(--bad); font-weight: 600; } td.good { color: var(--good); font-weight: 600; }
section { margin-bottom: 14px; } .grid { display: grid; grid-template-columns: 1fr; gap: 14px; }
footer { color: var(--muted); font-size: 13px; margin-top: 20px; display: flex; gap: 6px 18px; flex-wrap: wrap; }
.overview td.name { padding-left: 14px; } .overview th:first-child { padding-left: 14px; } .overview td.note { width: 34%; } .overview tr.is-red td.name { box-shadow: inset 5px 0 0 var(--bad); } .overview tr.is-amber td.name { box-shadow: inset 5px 0 0 #e2a100; } .overview tr.is-green td.name { box-shadow: inset 5px 0 0 var(--good); }
.red { background: var(--bad-soft); color: var(--bad); } .amber { background: var(--warn-soft); color: var(--warn); } .green { background: var(--good-soft); color: var(--good); }
@media (max-width: 900px) { .five { grid-template-columns: repeat(2, 1fr); } .five .card:first-child { grid-column: 1 / -1; } .two { grid-template-columns: 1fr; } }
@media (max-width: 560px) { main { padding: 18px 14px 28px; } header { flex-wrap: wrap; gap: 10px 14px; } h1 { font-size: 21px; } .count { margin: 0; width: 100%; text-align: left; font-size: 17px; }
	.five { gap: 10px; } .five .card { padding: 12px 14px; } .five .value { font-size: 25px; } .card { padding: 14px; } .desk { display: none; } .narrow { display: block; } .less { display: none; } td .only { display: block; }
	th, td { padding: 7px 6px; } td.name { min-width: 84px; } table { font-size: 13px; } }
@media print { :root { color-scheme: light; --page: #fff; --surface: #fff; --ink: #1a2130; --muted: #5b6577; --line: #d4d9e2; --main: #2f5fd0; --second: #0d8a72; --third: #9a5a00;
		--good: #157347; --bad: #b3261e; --warn: #8a5a00; --good-soft: #e4f3ea; --bad-soft: #fbe7e5; --warn-soft: #fbf0d9; --soft: #eef1f6; }
	@page { size: A4; margin: 13mm; } body { font-size: 12px; -webkit-print-color-adjust: exact; print-color-adjust: exact; } main { padding: 0; max-width: none; }
	.five { grid-template-columns: repeat(5, 1fr); gap: 8px; } .five .card:first-child { grid-column: auto; } .five .card { padding: 9px 10px; } .five .name { font-size: 10.5px; min-height: 4em; } .five .value { font-size: 19px; }
	.five .none { font-size: 12px; } .five .more, .mark { font-size: 10px; } .two { grid-template-columns: 1fr 1fr; gap: 10px; } .card { padding: 11px 13px; } .desk { display: block; } .narrow { display: none; }
	.card, figure, tr, li { break-inside: avoid; } h2, h3, thead { break-after: avoid; } .wide { overflow: visible; } .less { display: table-cell; } td .only { display: none; }
	table { font-size: 10.5px; } th { font-size: 9.5px; } th, td { padding: 4px 6px; } td.note { font-size: 10px; } .rest { break-before: page; } }
`;
