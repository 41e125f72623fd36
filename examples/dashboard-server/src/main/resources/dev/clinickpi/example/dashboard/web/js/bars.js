import {canvas, categoryAxis, tip, tooltip, valueAxis} from './charts.js';
import {dataTable} from './panel.js';
import {t} from './words.js';

const ROW_HEIGHT = 30;
const MOST_ROWS = 10;

const known = (mark) => mark.value !== null;
const say = (mark, unit, formats) => known(mark) ? formats.value(mark.value, unit) : mark.note ?? '—';

/** The rows of a breakdown, one bar each. */
export function breakdownView(formats) {
    const picture = canvas((spec, colours, width) => options(spec, colours, formats, width));
    return {
        draw: (spec, body) => {
            body.style.setProperty('min-block-size', `${Math.min(MOST_ROWS, spec.bars.length) * ROW_HEIGHT + 8}px`);
            return picture.draw(spec, body);
        },
        resize: picture.resize,
        clear: picture.clear,
        close: picture.close,
        isEmpty: (spec) => spec.bars.length === 0,
        summary: (spec) => `${spec.heading.title}: ${spec.bars.map((bar) => `${bar.label} ${say(bar.mark, spec.unit, formats)}`).join('; ')}`,
        table: (spec) => dataTable(spec.heading.title, [t('bars.row'), t('series.value'), t('series.note')],
            spec.bars.map((bar) => [bar.label, say(bar.mark, spec.unit, formats), bar.mark.note ?? ''])),
    };
}

function options(spec, colours, formats, width) {
    const bars = spec.bars.slice(0, MOST_ROWS);
    return {
        grid: {left: 0, right: 64, top: 0, height: bars.length * ROW_HEIGHT, containLabel: true},
        tooltip: tooltip((point) => tip(bars[point.dataIndex].label, say(bars[point.dataIndex].mark, spec.unit, formats)), 'item', colours),
        xAxis: valueAxis(colours, () => '', {splitLine: {show: false}, axisLabel: {show: false}, min: 0}),
        yAxis: categoryAxis(colours, bars.map((bar) => bar.label), {
            inverse: true,
            axisLine: {show: false},
            axisLabel: {color: colours.ink, width: Math.min(190, width * 0.42), overflow: 'truncate', interval: 0},
        }),
        series: [{
            type: 'bar',
            barMaxWidth: 16,
            data: bars.map((bar) => bar.mark.value ?? 0),
            itemStyle: {color: colours.accent, borderRadius: [0, 3, 3, 0]},
            label: {
                show: true,
                position: 'right',
                color: colours.ink,
                formatter: (point) => known(bars[point.dataIndex].mark) ? formats.value(bars[point.dataIndex].mark.value, spec.unit) : t('cards.few'),
            },
        }],
    };
}

/** A KPI beside what it was before the AI: two bars, and below them how sure the difference is. */
export function baselineView(formats) {
    const picture = canvas((spec, colours, width) => comparison(spec, colours, formats, width));
    return {
        draw: (spec, body) => {
            body.classList.toggle('is-plain', typeof spec.change?.low !== 'number');
            return picture.draw(spec, body);
        },
        resize: picture.resize,
        clear: picture.clear,
        close: picture.close,
        isEmpty: (spec) => spec.bars.every((bar) => !known(bar.mark) && bar.mark.status !== 'suppressed'),
        isFew: (spec) => !spec.bars.some((bar) => known(bar.mark)),
        summary: (spec) => `${spec.bars.map((bar) => `${bar.label}: ${say(bar.mark, spec.unit, formats)}`).join('; ')}. ${changeSentence(spec, formats)}`,
        table: (spec) => dataTable(spec.heading.title, [t('bars.row'), t('series.value')], [
            ...spec.bars.map((bar) => [bar.label, say(bar.mark, spec.unit, formats)]),
            ...differenceRows(spec, formats),
        ]),
    };
}

function differenceRows(spec, formats) {
    const {absolute, relative, low, high} = spec.change ?? {};
    return [
        absolute && known(absolute) ? [t('baseline.difference'), formats.difference(absolute.value, spec.unit, t('points'))] : null,
        relative && known(relative) ? [t('baseline.relative'), formats.relative(relative.value)] : null,
        typeof low === 'number' ? [t('baseline.interval'), intervalText(spec, formats)] : null,
    ].filter(Boolean);
}

function intervalText(spec, formats) {
    return t('baseline.between', formats.difference(spec.change.low, spec.unit, t('points')), formats.difference(spec.change.high, spec.unit, t('points')));
}

/** What the comparison says, as one would say it aloud. */
export function changeSentence(spec, formats) {
    const change = spec.change;
    if (!change || !known(change.absolute)) {
        return t('baseline.none');
    }
    const difference = formats.difference(change.absolute.value, spec.unit, t('points'));
    if (typeof change.low !== 'number') {
        return t('baseline.plain', difference);
    }
    return change.isChange ? t('baseline.sure', difference, intervalText(spec, formats)) : t('baseline.unsure', difference, intervalText(spec, formats));
}

function comparison(spec, colours, formats, width) {
    const change = spec.change;
    // Two grids in one picture: the labels' room is given, for only one of them can be measured.
    const labels = Math.max(88, Math.min(150, width * 0.34));
    const hasInterval = typeof change?.low === 'number';
    const reach = hasInterval ? Math.max(Math.abs(change.low), Math.abs(change.high)) * 1.15 : 1;
    return {
        grid: [
            {left: labels, right: 72, top: 0, height: 84},
            {left: 12, right: 12, top: 112, height: 40},
        ],
        tooltip: tooltip((point) => tip(spec.bars[point.dataIndex]?.label ?? '', say(spec.bars[point.dataIndex]?.mark, spec.unit, formats)), 'item', colours),
        xAxis: [
            valueAxis(colours, () => '', {splitLine: {show: false}, axisLabel: {show: false}, min: 0}),
            valueAxis(colours, (value) => formats.difference(value, spec.unit, t('points')), {
                gridIndex: 1, show: hasInterval, min: -reach, max: reach, interval: reach, splitLine: {show: false},
                axisLabel: {color: colours.muted, fontSize: 12, alignMinLabel: 'left', alignMaxLabel: 'right',
                    formatter: (value) => value === 0 ? t('baseline.zero') : formats.difference(value, spec.unit, t('points'))},
            }),
        ],
        yAxis: [
            categoryAxis(colours, spec.bars.map((bar) => bar.label), {
                inverse: true,
                axisLine: {show: false},
                axisLabel: {color: colours.ink, width: labels - 12, overflow: 'break', interval: 0},
            }),
            {type: 'category', gridIndex: 1, data: [''], show: false},
        ],
        series: [
            {
                type: 'bar',
                barMaxWidth: 26,
                data: spec.bars.map((bar) => ({
                    value: bar.mark.value ?? 0,
                    itemStyle: {color: bar.id === 'baseline' ? colours.before : colours.accent, borderRadius: [0, 3, 3, 0]},
                })),
                label: {show: true, position: 'right', color: colours.ink, fontWeight: 600, formatter: (point) => say(spec.bars[point.dataIndex].mark, spec.unit, formats)},
            },
            ...(hasInterval ? interval(change, colours) : []),
        ],
    };
}

/** The 95 % interval around the difference, against the line of no change. */
function interval(change, colours) {
    return [{
        type: 'custom',
        xAxisIndex: 1,
        yAxisIndex: 1,
        silent: true,
        data: [[change.low, change.high, change.absolute.value]],
        renderItem: (parameters, api) => {
            const [low, y] = api.coord([api.value(0), 0]);
            const [high] = api.coord([api.value(1), 0]);
            const [middle] = api.coord([api.value(2), 0]);
            const [zero] = api.coord([0, 0]);
            const line = (x1, y1, x2, y2, stroke, lineWidth) => ({type: 'line', shape: {x1, y1, x2, y2}, style: {stroke, lineWidth}});
            const {y: top, height} = parameters.coordSys;
            return {type: 'group', children: [
                line(zero, top, zero, top + height, colours.strong, 1),
                line(low, y, high, y, colours.accent, 2),
                line(low, y - 6, low, y + 6, colours.accent, 2),
                line(high, y - 6, high, y + 6, colours.accent, 2),
                {type: 'circle', shape: {cx: middle, cy: y, r: 5}, style: {fill: colours.accent, stroke: colours.surface, lineWidth: 2}},
            ]};
        },
    }];
}
