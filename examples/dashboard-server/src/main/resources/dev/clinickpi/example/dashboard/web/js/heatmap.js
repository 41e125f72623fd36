import {canvas, categoryAxis, tip, tooltip} from './charts.js';
import {h} from './dom.js';
import {t} from './words.js';

const at = (spec, row, column) => spec.cells.find((cell) => cell.row === row && cell.column === column);

/** What happens at which hour of the week, with a line around the opening hours. */
export function heatmapView(formats) {
    const picture = canvas((spec, colours, width) => options(spec, colours, formats, width));
    const rate = (cell) => cell.perHour.value === null ? cell.perHour.note ?? '—' : formats.plain(cell.perHour.value);
    return {
        draw: picture.draw,
        resize: picture.resize,
        clear: picture.clear,
        close: picture.close,
        isEmpty: (spec) => !(spec.greatest > 0) && !spec.cells.some((cell) => cell.perHour.status === 'suppressed'),
        summary: (spec) => {
            const cells = spec.cells.filter((cell) => cell.perHour.value > 0).sort((a, b) => b.perHour.value - a.perHour.value).slice(0, 3);
            return t('heatmap.summary', spec.heading.title, cells.map((cell) => t('heatmap.at', spec.rows[cell.row], spec.columns[cell.column], rate(cell))));
        },
        caption: () => t('heatmap.caption'),
        table: (spec) => h('table.data.tight', {},
            h('caption.unseen', {}, spec.heading.title),
            h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, t('heatmap.hour')), spec.rows.map((row) => h('th', {scope: 'col'}, row)))),
            h('tbody', {}, spec.columns.map((hour, column) => h('tr', {},
                h('th', {scope: 'row'}, `${hour}:00`),
                spec.rows.map((_, row) => {
                    const cell = at(spec, row, column);
                    return h('td', {}, rate(cell), cell.open ? null : h('span.unseen', {}, `, ${t('heatmap.closed')}`));
                }))))),
    };
}

/** The steps of the scale, in words beside the picture. */
export function heatmapLegend(spec, formats) {
    const step = (place) => h(`span.heat.heat-${place}`, {'aria-hidden': 'true'});
    return h('ul.legend', {},
        h('li', {}, h('span', {}, '0'), h('span.ramp', {}, [0, 1, 2, 3, 4, 5].map(step)), h('span', {}, t('heatmap.perHour', formats.plain(spec.greatest ?? 0)))),
        spec.cells.some((cell) => cell.open) ? h('li', {}, h('span.swatch.open-swatch', {'aria-hidden': 'true'}), t('heatmap.open')) : null,
        spec.cells.some((cell) => cell.perHour.status === 'suppressed') ? h('li', {}, h('span.swatch.few-cell', {'aria-hidden': 'true'}), t('cards.few')) : null);
}

function options(spec, colours, formats, width) {
    const isNarrow = width < 520;
    const greatest = spec.greatest || 1;
    const colour = (cell) => cell.perHour.value === null
        ? colours.surface
        : colours.heat[Math.min(5, Math.ceil(cell.perHour.value / greatest * 5))];
    return {
        grid: {left: 0, right: 4, top: 4, bottom: 8, containLabel: true},
        tooltip: tooltip((point) => cellTip(spec, spec.cells[point.dataIndex], formats), 'item', colours),
        xAxis: categoryAxis(colours, spec.columns, {
            axisLine: {show: false},
            axisLabel: {interval: (place) => place % (isNarrow ? 6 : 3) === 0, formatter: (hour) => isNarrow ? hour : `${hour}:00`, align: 'left',
                padding: [0, 0, 0, -(width - 44) / 48]},
        }),
        yAxis: categoryAxis(colours, spec.rows, {inverse: true, axisLine: {show: false}, axisLabel: {color: colours.ink, interval: 0}}),
        series: [
            {
                type: 'heatmap',
                data: spec.cells.map((cell) => ({
                    value: [cell.column, cell.row, cell.perHour.value ?? 0],
                    itemStyle: {
                        color: colour(cell),
                        borderColor: colours.surface,
                        borderWidth: isNarrow ? 1 : 2,
                        borderRadius: 3,
                        decal: undefined,
                    },
                })),
                emphasis: {itemStyle: {borderColor: colours.ink, borderWidth: 1.5}},
                // Colours are given cell by cell; ECharts insists on a map all the same.
            },
            withheld(spec, colours),
            openingHours(spec, colours),
        ],
        visualMap: {show: false, min: 0, max: greatest, dimension: 2, seriesIndex: [], inRange: {}},
    };
}

/** A dot where there was something that too few people stand behind. */
function withheld(spec, colours) {
    return {
        type: 'scatter',
        symbol: 'circle',
        symbolSize: 4,
        silent: true,
        itemStyle: {color: colours.muted},
        data: spec.cells.filter((cell) => cell.perHour.status === 'suppressed').map((cell) => [cell.column, cell.row]),
    };
}

/** A line wherever an open hour borders on one that is not. */
function openingHours(spec, colours) {
    const isOpen = (row, column) => at(spec, row, column)?.open === true;
    return {
        type: 'custom',
        silent: true,
        data: spec.cells.filter((cell) => cell.open).map((cell) => [cell.column, cell.row]),
        renderItem: (parameters, api) => {
            const [column, row] = [api.value(0), api.value(1)];
            const [x, y] = api.coord([column, row]);
            const [w, tall] = api.size([1, 1]);
            const [left, right, top, bottom] = [x - w / 2, x + w / 2, y - tall / 2, y + tall / 2];
            const edges = [
                isOpen(row, column - 1) ? null : [left, top, left, bottom],
                isOpen(row, column + 1) ? null : [right, top, right, bottom],
                isOpen(row - 1, column) ? null : [left, top, right, top],
                isOpen(row + 1, column) ? null : [left, bottom, right, bottom],
            ].filter(Boolean);
            return {type: 'group', children: edges.map(([x1, y1, x2, y2]) =>
                ({type: 'line', shape: {x1, y1, x2, y2}, style: {stroke: colours.ink, lineWidth: 1.5, lineCap: 'square'}}))};
        },
        z: 5,
    };
}

function cellTip(spec, cell, formats) {
    return tip(`${spec.rows[cell.row]} ${spec.columns[cell.column]}:00`,
        cell.perHour.value === null ? cell.perHour.note : t('heatmap.perHour', formats.plain(cell.perHour.value)),
        cell.count === null ? null : t('heatmap.total', formats.count(cell.count)),
        cell.open ? t('heatmap.isOpen') : t('heatmap.isClosed'));
}
