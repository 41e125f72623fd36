import {canvas, categoryAxis, tip, tooltip, valueAxis} from './charts.js';
import {h} from './dom.js';
import {goalText} from './goal.js';
import {dataTable} from './panel.js';
import {t} from './words.js';

const known = (point) => point.mark.value !== null;

/** A KPI over time as a picture, a table, a sentence and a legend. */
export function seriesView(formats) {
    const picture = canvas((spec, colours, width) => options(spec, colours, formats, width));
    return {
        draw: picture.draw,
        resize: picture.resize,
        clear: picture.clear,
        close: picture.close,
        isEmpty: (spec) => spec.points.every((point) => !known(point) && point.mark.status !== 'suppressed'),
        isFew: (spec) => !spec.points.some(known),
        summary: (spec) => summary(spec, formats),
        table: (spec) => dataTable(spec.heading.title, [t('series.step'), t('series.value'), t('series.n'), t('series.note')],
            spec.points.map((point) => [
                point.label,
                known(point) ? formats.value(point.mark.value, spec.unit) : '—',
                point.n === null ? '—' : formats.count(point.n),
                point.mark.note ?? '',
            ])),
    };
}

function summary(spec, formats) {
    const points = spec.points.filter(known);
    if (points.length === 0) {
        return t('series.nothing', spec.heading.title);
    }
    const byValue = [...points].sort((a, b) => a.mark.value - b.mark.value);
    const say = (point) => [formats.value(point.mark.value, spec.unit), point.label];
    return t('series.summary', spec.heading.title, points.length, say(byValue[0]), say(byValue.at(-1)), say(points.at(-1)));
}

/** What the lines and bands mean, in words beside the picture, where they neither collide nor need to be guessed. */
export function seriesLegend(spec, formats) {
    const entry = (kind, text) => h('li', {}, h(`span.swatch.${kind}`, {'aria-hidden': 'true'}), text);
    const value = (id) => spec.references.find((reference) => reference.id === id);
    const [lower, median, upper] = ['sectorLowerQuartile', 'sectorMedian', 'sectorUpperQuartile'].map(value);
    const baseline = value('baseline');
    return h('ul.legend', {},
        entry(spec.shape === 'bar' ? 'bar-swatch' : 'line-swatch', t('series.clinic')),
        spec.goal ? entry('goal-swatch', goalText(spec.goal, spec.unit, formats)) : null,
        baseline ? entry('before-swatch', `${baseline.label}: ${formats.value(baseline.value, spec.unit)}`) : null,
        median ? entry('median-swatch', `${median.label}: ${formats.value(median.value, spec.unit)}`) : null,
        lower && upper ? entry('sector-swatch', t('series.quartiles', formats.value(lower.value, spec.unit), formats.value(upper.value, spec.unit))) : null,
        spec.points.some((point) => point.mark.partial && known(point)) ? entry('partial-swatch', t('series.partial')) : null,
        spec.points.some((point) => point.mark.status === 'suppressed') ? entry('few-swatch', t('series.few')) : null);
}

function options(spec, colours, formats, width) {
    const values = spec.points.map((point) => point.mark.value);
    const isBar = spec.shape === 'bar';
    return {
        grid: {left: 4, right: 26, top: 12, bottom: 4, containLabel: true},
        tooltip: tooltip((point) => pointTip(spec, spec.points[point.dataIndex], formats), 'axis', colours),
        xAxis: categoryAxis(colours, spec.points.map((point) => point.from), {
            boundaryGap: isBar,
            axisLabel: {formatter: (from) => formats.step(from, spec.grain), interval: labelEvery(spec.points.length, width)},
        }),
        yAxis: valueAxis(colours, (value) => formats.compact(value, spec.unit), scale(spec)),
        series: [
            ...(isBar ? [bars(spec, values, colours)] : lines(spec, values, colours)),
            few(spec, colours),
        ].map((series, place) => place === 0 ? {...series, ...references(spec, colours)} : series),
    };
}

function labelEvery(count, width) {
    const room = Math.max(2, Math.floor(width / 72));
    return Math.max(0, Math.ceil(count / room) - 1);
}

/** References belong to the picture, so the axis reaches to them; scores have an axis of their own. */
function scale(spec) {
    if (spec.unit === 'score') {
        return {min: 1, max: 5, interval: 1};
    }
    const reach = [
        ...spec.points.filter(known).map((point) => point.mark.value),
        ...spec.references.map((reference) => reference.value),
        spec.goal?.to ?? 0,
    ];
    const greatest = Math.max(0, ...reach);
    return {
        min: (extent) => Math.min(0, extent.min),
        max: (extent) => niceAbove(Math.max(greatest, extent.max)),
        minInterval: spec.unit === 'count' ? 1 : undefined,
    };
}

function niceAbove(value) {
    if (!(value > 0)) {
        return 1;
    }
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value * 1.02) ?? 12 * power;
}

function bars(spec, values, colours) {
    return {
        type: 'bar',
        barMaxWidth: 28,
        data: values.map((value, place) => spec.points[place].mark.partial
            ? {value, itemStyle: {color: colours.accentSoft, borderColor: colours.accent, borderType: 'dashed', borderWidth: 1}}
            : {value}),
        itemStyle: {color: colours.accent, borderRadius: [3, 3, 0, 0]},
    };
}

/** Steps that are whole are joined by a whole line, those that the range or the moment cuts by a dashed one. */
function lines(spec, values, colours) {
    const isPartial = (place) => spec.points[place]?.mark.partial === true && values[place] !== null;
    const look = {
        type: 'line',
        smooth: false,
        connectNulls: false,
        symbol: 'circle',
        symbolSize: 6,
        showAllSymbol: true,
        showSymbol: values.length <= 45,
        itemStyle: {color: colours.accent},
        lineStyle: {color: colours.accent, width: 2},
        emphasis: {focus: 'none'},
        areaStyle: spec.shape === 'area' ? {color: colours.accent, opacity: 0.14} : undefined,
    };
    // A lone value between two gaps has no line, so it needs its dot however many steps there are.
    const isAlone = (place) => values[place] !== null && (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null;
    const whole = {
        ...look,
        data: values.map((value, place) => {
            const kept = isPartial(place) ? null : value;
            return isAlone(place) ? {value: kept, symbol: 'circle', symbolSize: 6} : kept;
        }),
    };
    if (!values.some((_, place) => isPartial(place))) {
        return [whole];
    }
    return [whole, {
        ...look,
        showSymbol: true,
        lineStyle: {...look.lineStyle, type: [4, 4]},
        data: values.map((value, place) => [place - 1, place, place + 1].some(isPartial)
            ? {value, symbol: isPartial(place) ? 'circle' : 'none', symbolSize: 8, itemStyle: hollow(colours.accent, colours)}
            : null),
    }];
}

const hollow = (colour, colours) => ({color: colours.surface, borderColor: colour, borderWidth: 1.5});

/** Where too few people stand behind a step, a mark on the axis says that there was something. */
function few(spec, colours) {
    return {
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: 9,
        itemStyle: hollow(colours.muted, colours),
        data: spec.points.map((point) => point.mark.status === 'suppressed' ? (spec.unit === 'score' ? 1 : 0) : null),
        tooltip: {show: false},
    };
}

function references(spec, colours) {
    const reference = (id) => spec.references.find((candidate) => candidate.id === id);
    const [lower, median, upper] = [reference('sectorLowerQuartile'), reference('sectorMedian'), reference('sectorUpperQuartile')];
    const baseline = reference('baseline');
    const line = (value, color, type, weight = 1.5) => ({yAxis: value, lineStyle: {color, type, width: weight}});
    return {
        markArea: {
            silent: true,
            animation: false,
            data: [
                spec.goal ? [{yAxis: spec.goal.from ?? 0, itemStyle: {color: colours.goodSoft}}, {yAxis: spec.goal.to ?? 'max'}] : null,
                lower && upper ? [{yAxis: lower.value, itemStyle: {color: colours.sector, opacity: 0.16}}, {yAxis: upper.value}] : null,
            ].filter(Boolean),
        },
        markLine: {
            silent: true,
            animation: false,
            symbol: 'none',
            label: {show: false},
            data: [
                spec.goal?.from ? line(spec.goal.from, colours.good, 'solid', 1) : null,
                spec.goal?.to ? line(spec.goal.to, colours.good, 'solid', 1) : null,
                baseline ? line(baseline.value, colours.before, [6, 4]) : null,
                median ? line(median.value, colours.sector, [2, 3], 2) : null,
            ].filter(Boolean),
        },
    };
}

function pointTip(spec, point, formats) {
    return tip(point.label,
        known(point) ? formats.value(point.mark.value, spec.unit) : null,
        point.mark.note,
        point.n === null ? null : t('series.of', formats.count(point.n)));
}
