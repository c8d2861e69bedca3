import { bandOf, type CurveAxis } from './experiment-curves.ts';
import type { ExperimentView } from './experiment-views.ts';
import type { Report, ReportRun } from './reports.ts';
import { shortTitle, standings, variedKeys } from './standings.ts';
import { colourOf, escapeXml, svgChart, type SvgLine } from './svg-chart.ts';

/** The words of a report: keys of the window's messages, behind `report.`. */
type ReportWord =
  | 'created'
  | 'program'
  | 'machine'
  | 'runs'
  | 'run'
  | 'data'
  | 'seed'
  | 'device'
  | 'parameters'
  | 'steps'
  | 'tokens'
  | 'time'
  | 'speed'
  | 'training'
  | 'validation'
  | 'best'
  | 'whole'
  | 'accuracy'
  | 'status'
  | 'differences'
  | 'configuration'
  | 'step'
  | 'flops'
  | 'seconds'
  | 'contestant'
  | 'bands';

/** How a report speaks. */
interface ReportLanguage {
  readonly locale: string;
  readonly word: (word: ReportWord) => string;
}

const style = `
body{font:14px/1.45 system-ui,sans-serif;color:#222;background:#fff;max-width:980px;margin:24px auto;padding:0 16px}
h1{font-size:24px;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:17px;margin:28px 0 8px}
section{overflow-x:auto}p{margin:4px 0}.quiet{color:#666}svg{width:100%;height:auto}
table{border-collapse:collapse;width:100%;font-size:12.5px}
th,td{text-align:left;padding:4px 8px;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:break-word}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}
.swatch{display:inline-block;width:14px;height:8px;border-radius:2px;margin-right:6px}
@media print{body{margin:0;max-width:none;font-size:11px}section{break-inside:avoid}thead{display:table-header-group}tr{break-inside:avoid}}
`;

/** A report as one file of HTML: charts as SVG, no scripts, nothing from elsewhere; it prints well. */
export function reportHtml(report: Report, language: ReportLanguage): string {
  const { title, created, program, runs, differences, experiment } = report;
  const { locale, word } = language;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(created));
  const facts = [
    `${word('created')}: ${date}`,
    `${word('program')}: Hyena Studio ${program.version}`,
    `${word('machine')}: ${program.processor}, ${program.platform}`,
  ];
  return `<!doctype html>
<html lang="${escapeXml(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeXml(title)}</title><style>${style}</style></head><body>
<h1>${escapeXml(title)}</h1>
<p class="quiet">${facts.map(escapeXml).join('<br>')}</p>
${experiment === null ? '' : experimentPart(experiment, language)}
${experiment === null || runs.length <= 12 ? lossPart(runs, language) : ''}
${runsPart(runs, language)}
${differences.length === 0 ? '' : differencesPart(report, language)}
${configurationPart(runs, language)}
</body></html>
`;
}

const section = (title: string, ...parts: string[]): string =>
  `<section><h2>${escapeXml(title)}</h2>${parts.join('\n')}</section>`;

/** A cell of a table: text, or a number that stands at the right. */
type Cell = string | { readonly number: string } | { readonly html: string };

function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const cell =
    (tag: 'th' | 'td') =>
    (one: Cell): string => {
      if (typeof one === 'string') return `<${tag}>${escapeXml(one)}</${tag}>`;
      return 'html' in one ? `<${tag}>${one.html}</${tag}>` : `<${tag} class="n">${escapeXml(one.number)}</${tag}>`;
    };
  const body = rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head.map(cell('th')).join('')}</tr></thead><tbody>${body}</tbody></table>`;
}

const swatch = (index: number): string => `<span class="swatch" style="background:${colourOf(index)}"></span>`;

const numbers = (locale: string) => {
  const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  const fixed = new Intl.NumberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  const scientific = new Intl.NumberFormat(locale, { notation: 'scientific', maximumSignificantDigits: 3 });
  return {
    axis: (value: number): string =>
      Math.abs(value) >= 1e15
        ? scientific.format(value)
        : Math.abs(value) >= 10_000
          ? compact.format(value)
          : short.format(value),
    count: (value: number | null): Cell => ({
      number: value === null ? '' : new Intl.NumberFormat(locale).format(value),
    }),
    large: (value: number | null): Cell => ({ number: value === null ? '' : scientific.format(value) }),
    loss: (value: number | null = null): Cell => ({ number: value === null ? '' : fixed.format(value) }),
    seconds: (value: number): Cell => ({ number: `${short.format(value)} s` }),
  };
};

function experimentPart(experiment: ExperimentView, { locale, word }: ReportLanguage): string {
  const format = numbers(locale);
  const { contestants, measure, keys } = experiment;
  const value = measure === 'loss' ? word('validation') : word('accuracy');
  const varied = variedKeys(experiment);
  const lines = (axis: CurveAxis): SvgLine[] =>
    contestants.map((contestant, index) => ({
      name: shortTitle(experiment, contestant),
      style: index,
      points: bandOf(contestant, axis).map(({ x, mean, low, high }) => ({ x, y: mean, low, high })),
    }));
  const axes: readonly [CurveAxis, string][] = [
    ['step', word('step')],
    ['flops', word('flops')],
    ['time', word('seconds')],
  ];
  const charts = axes.map(([axis, xTitle]) =>
    svgChart({ title: `${experiment.name}: ${xTitle}`, xTitle, yTitle: value, lines: lines(axis), text: format.axis }),
  );
  const head: Cell[] = [
    { number: '#' },
    ...(keys.length > 0 ? varied.map((index) => keys[index]) : [word('contestant')]),
    { number: value },
    { number: '±' },
    { number: word('steps') },
    { number: word('flops') },
    { number: word('time') },
    { number: word('parameters') },
    word('runs'),
  ];
  const rows = standings(experiment).map(
    ({ index, contestant, mean, deviation, steps, flops, seconds, parameters }, place) => {
      const [first = contestant.title, ...others] = varied.map((key) => contestant.values[key]);
      return [
        { number: String(place + 1) },
        { html: `${swatch(index)}${escapeXml(first)}` },
        ...others,
        format.loss(mean),
        format.loss(deviation),
        format.count(steps),
        format.large(flops),
        format.seconds(seconds),
        format.count(parameters),
        contestant.trials.flatMap(({ run }) => run ?? []).join(', '),
      ];
    },
  );
  const several = contestants.some(({ trials }) => trials.length > 1);
  return section(
    `${experiment.name} (${experiment.dataset})`,
    table(head, rows),
    ...charts,
    several ? `<p class="quiet">${escapeXml(word('bands'))}</p>` : '',
  );
}

/** Training losses, pale, under the validation losses; a colour for each run. */
function lossPart(runs: readonly ReportRun[], { locale, word }: ReportLanguage): string {
  const format = numbers(locale);
  const lines = runs.flatMap(({ name, training, validation }, style): SvgLine[] => [
    { name, style, faint: validation.length > 0, points: training.map(([x, y]) => ({ x, y })) },
    { name, style, points: validation.map(([x, y]) => ({ x, y })) },
  ]);
  const shown = lines.filter(({ points }) => points.length > 0);
  if (shown.length === 0) return '';
  const legend = runs.map(({ name }, index) => `${swatch(index)}${escapeXml(name)}`).join(' &nbsp; ');
  return section(
    `${word('training')}, ${word('validation')}`,
    svgChart({
      title: word('validation'),
      xTitle: word('step'),
      yTitle: word('validation'),
      lines: shown,
      text: format.axis,
    }),
    `<p>${legend}</p>`,
  );
}

function runsPart(runs: readonly ReportRun[], { locale, word }: ReportLanguage): string {
  const format = numbers(locale);
  const answered = runs.some(({ answers }) => answers !== null);
  const head: Cell[] = [
    word('run'),
    word('status'),
    word('data'),
    { number: word('seed') },
    word('device'),
    { number: word('parameters') },
    { number: word('steps') },
    { number: word('tokens') },
    { number: word('time') },
    { number: word('speed') },
    { number: word('training') },
    { number: word('best') },
    { number: word('whole') },
    ...(answered ? [{ number: word('accuracy') }] : []),
  ];
  const rows = runs.map((run): Cell[] => [
    run.name,
    run.status,
    run.dataset,
    { number: String(run.seed) },
    run.device ?? '',
    format.count(run.parameters),
    format.count(run.step),
    format.count(run.tokens),
    format.seconds(run.seconds),
    format.count(run.tokensPerSecond === null ? null : Math.round(run.tokensPerSecond)),
    format.loss(run.loss),
    format.loss(run.best?.loss),
    format.loss(run.fullValidationLoss),
    ...(answered ? [format.loss(run.answers?.accuracy)] : []),
  ]);
  return section(word('runs'), table(head, rows));
}

function differencesPart({ runs, differences }: Report, { word }: ReportLanguage): string {
  const head = ['', ...runs.map(({ name }) => name)];
  return section(
    word('differences'),
    table(
      head,
      differences.map(({ key, values }) => [key, ...values]),
    ),
  );
}

/** All that the runs share, or the configuration of the only one. */
function configurationPart([first, ...others]: readonly ReportRun[], { word }: ReportLanguage): string {
  const shared = Object.entries(first.configuration).filter(([key, value]) =>
    others.every(({ configuration }) => configuration[key] === value),
  );
  return section(word('configuration'), table(['', ''], shared));
}
