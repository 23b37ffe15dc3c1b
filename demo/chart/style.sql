--
-- The style of the page: light and dark, wide and narrow, on screen and on A4.
-- Blue and orange, which all eyes tell apart, and shapes that differ besides. No
-- character in it may be one that XML escapes.
--

CREATE FUNCTION page_style() RETURNS text
IMMUTABLE PARALLEL SAFE
RETURN '
:root {
	color-scheme: light dark; --paper: #fdfdfb; --ink: #1b1d20; --quiet: #5d6269; --grid: #e3e4e1; --bar: #a9b0b8;
	--accent: #005ea8; --warn: #b84a00; --band: #dbe6f0; --zone: #f2ecd9; --cloud: #7d848c; --cell: 0, 94, 168;
	--on: #ffffff;
}
@media (prefers-color-scheme: dark) {
	:root {
		--paper: #14171a; --ink: #e9eaec; --quiet: #a2a9b1; --grid: #2c3137; --bar: #59626c; --accent: #6db8ff;
		--warn: #ff9d52; --band: #1f303f; --zone: #2a271c; --cloud: #8d959e; --cell: 109, 184, 255; --on: #0b0d0f;
	}
}
* { box-sizing: border-box; }
body {
	margin: 0; background: var(--paper); color: var(--ink);
	font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header, main, footer { max-width: 1280px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 40px; }
footer { padding-bottom: 48px; color: var(--quiet); font-size: 14px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; }
h2 { font-size: 20px; line-height: 1.3; margin: 0 0 8px; letter-spacing: -0.005em; text-wrap: balance; }
h3 { font-size: 15px; margin: 0; }
p { margin: 0 0 12px; max-width: 72ch; }
header p, section p { color: var(--quiet); }
main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 56px; }
section { border-top: 1px solid var(--grid); padding: 28px 0 32px; min-width: 0; }
.wide { grid-column: 1 / -1; }
.missing { color: var(--quiet); }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 24px 56px; margin-top: 20px; }
.cards {
	display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 16px; list-style: none;
	margin: 16px 0 0; padding: 0;
}
.cards ul { margin: 8px 0 0; padding-left: 18px; font-size: 15px; }
.cards .fee { font-size: 15px; margin: 0; }
.cards h3 { font-size: 18px; color: var(--accent); }
.plot { padding-top: 34px; padding-bottom: 48px; }
.plot svg { display: block; overflow: visible; }
.plot svg svg { overflow: hidden; }
#ladder .plot, #audience .plot { padding-bottom: 16px; }
#overlap .plot + .plot { padding-top: 0; padding-bottom: 12px; }
svg text { font-size: 12px; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg .mid { text-anchor: middle; }
svg .end { text-anchor: end; }
svg .tick, svg .note, svg .quiet { fill: var(--quiet); }
svg .name { fill: var(--quiet); font-style: italic; }
svg .strong { font-weight: 650; }
svg .zonename { fill: var(--quiet); font-weight: 650; }
svg .mark { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
svg text.accent { fill: var(--accent); }
svg text.warn { fill: var(--warn); }
.grid { stroke: var(--grid); }
.track { stroke: var(--grid); stroke-width: 2; }
.zone { fill: var(--zone); }
.band { fill: var(--band); }
path { fill: none; stroke-linejoin: round; }
path.band { fill: var(--band); fill-opacity: 0.75; }
.expected { stroke: var(--ink); stroke-width: 1.6; }
.expectedtick { stroke: var(--ink); stroke-width: 1.6; }
.dot.other { fill: var(--cloud); fill-opacity: 0.75; }
.dot.few { fill: none; stroke: var(--cloud); stroke-opacity: 0.8; }
.dot.accent { fill: var(--accent); stroke: var(--paper); }
.dot.naive { fill: var(--paper); stroke: var(--warn); stroke-width: 2; }
.dot.mean { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.4; }
.dot.warnfill { fill: var(--warn); stroke: var(--paper); }
.dot.curve { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.6; }
.interval { stroke: var(--accent); stroke-width: 2.4; stroke-opacity: 0.65; }
.interval.soft { stroke-width: 1.4; stroke-opacity: 0.4; }
.interval.strong { stroke-width: 4.5; }
.interval.warn { stroke: var(--warn); }
.bar.quiet { fill: var(--bar); }
.bar.accent { fill: var(--accent); }
.bar.claimed { fill: none; stroke: var(--warn); stroke-width: 1.5; stroke-dasharray: 5 3; }
.bar.unknown { fill: none; stroke: var(--quiet); stroke-dasharray: 3 3; }
.cell { stroke: var(--paper); stroke-width: 1.5; }
.self { fill: var(--grid); }
.q0 { fill: rgba(var(--cell), 0.05); }
.q1 { fill: rgba(var(--cell), 0.22); }
.q2 { fill: rgba(var(--cell), 0.42); }
.q3 { fill: rgba(var(--cell), 0.64); }
.q4 { fill: rgba(var(--cell), 0.82); }
.q5 { fill: rgb(var(--cell)); }
svg .cellvalue.on { fill: var(--on); }
.curve { stroke: var(--quiet); stroke-width: 1.6; }
.bound { stroke: var(--warn); stroke-width: 1.6; stroke-dasharray: 6 4; }
.picks, .growth { stroke: var(--accent); stroke-width: 2.4; }
.flag { stroke: var(--warn); stroke-width: 1.4; stroke-dasharray: 3 3; }
.key {
	font-size: 13px; display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 4px 0 0; padding: 0; list-style: none;
	color: var(--quiet);
}
.key li::before {
	content: ""; display: inline-block; width: 11px; height: 11px; margin-right: 7px; vertical-align: -1px;
	border-radius: 50%; background: var(--accent);
}
.key .grey::before { background: var(--cloud); }
.key .ring::before { background: none; border: 1.6px solid var(--cloud); }
.key .warn::before { border: 2px solid var(--warn); }
.key .line::before {
	height: 0; border-radius: 0; border-top: 2px solid var(--ink); background: none; vertical-align: 4px;
	width: 18px;
}
.key .bar::before { height: 3px; border-radius: 0; vertical-align: 3px; width: 20px; opacity: 0.65; }
.key .area::before { border-radius: 0; background: var(--band); width: 18px; }
.key .tick::before { width: 2px; border-radius: 0; background: var(--ink); }
.aside { font-size: 14px; margin: 0 0 8px; }
details { font-size: 14px; }
summary { cursor: pointer; color: var(--quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 12px 0; font-variant-numeric: tabular-nums; }
th, td {
	text-align: right; padding: 3px 14px 3px 0; border-bottom: 1px solid var(--grid); font-weight: 400;
	white-space: nowrap;
}
th:first-child { text-align: left; }
thead th { color: var(--quiet); font-style: italic; }
@media (max-width: 860px) {
	main, .pair { grid-template-columns: minmax(0, 1fr); }
	header, main, footer { padding-left: 16px; padding-right: 16px; }
	header { padding-top: 24px; }
	h1 { font-size: 25px; }
	h2 { font-size: 18px; }
	svg .cellvalue { font-size: 11px; }
}
@media (max-width: 480px) {
	svg .spare { display: none; }
}
@media print {
	:root {
		--paper: #ffffff; --ink: #000000; --quiet: #444444; --grid: #dddddd; --bar: #aaaaaa; --accent: #005ea8;
		--warn: #b84a00; --band: #dbe6f0; --zone: #f2ecd9; --cloud: #7d848c; --cell: 0, 94, 168; --on: #ffffff;
	}
	@page { size: A4; margin: 13mm; }
	body { font-size: 10pt; line-height: 1.4; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	header, main, footer { padding: 0; }
	main { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 9mm; }
	.pair { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 9mm; }
	.cards { grid-template-columns: repeat(3, minmax(0, 1fr)); }
	.cards ul, .aside { font-size: 9.5pt; }
	.key { font-size: 8.5pt; }
	h1 { font-size: 18pt; }
	h2 { font-size: 12.5pt; }
	section { padding: 5mm 0; break-inside: avoid; }
	svg text { font-size: 8pt; }
	svg .spare, details { display: none; }
}
';
