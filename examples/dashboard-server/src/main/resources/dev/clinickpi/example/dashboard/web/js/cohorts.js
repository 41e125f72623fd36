import {choice, h} from './dom.js';
import {t} from './words.js';

const SHADES = 5;

/** How patients come back: a table whose cells are shaded by share, with a choice of what stands in them. */
export function cohortsView(formats) {
    let measure = 'share';
    let shown = null;
    let place = null;

    const tools = choice({
        legend: t('cohorts.show'),
        name: 'cohort-measure',
        value: measure,
        options: ['share', 'patients', 'revenue'].map((id) => [id, t(`cohorts.${id}`)]),
        onchange: (id) => {
            measure = id;
            if (shown) {
                paint();
            }
        },
    });

    function paint() {
        place.replaceChildren(h('div.scroll', {tabindex: 0, role: 'group', 'aria-label': t('cohorts.title')}, table(shown, measure, formats)));
        place.dataset.drawn = 'cohorts';
    }

    return {
        tools,
        isEmpty: (spec) => spec.rows.length === 0,
        isFew: (spec) => spec.rows.every((row) => row.size.value === null),
        caption: () => t('cohorts.caption'),
        draw: (spec, body) => {
            shown = spec;
            place = body;
            paint();
        },
    };
}

function table(spec, measure, formats) {
    const greatest = Math.max(0.01, ...spec.rows.flatMap((row) => row.cells.map((cell) => cell.share.value ?? 0)));
    return h(spec.columns.length > 5 ? 'table.cohorts.is-long' : 'table.cohorts', {},
        h('caption.unseen', {}, `${spec.heading.title}: ${t(`cohorts.${measure}`)}`),
        h('thead', {}, h('tr', {},
            h('th', {scope: 'col'}, t('cohorts.month')),
            h('th', {scope: 'col'}, t('cohorts.size')),
            spec.columns.map((label) => h('th', {scope: 'col'}, label)))),
        h('tbody', {}, spec.rows.map((row) => h('tr', {},
            h('th', {scope: 'row'}, row.label),
            h('td.size', {}, row.size.value === null ? few() : [formats.count(row.size.value), row.size.partial ? partial() : null]),
            spec.columns.map((_, place) => cell(row.cells[place], measure, formats, spec.currency, greatest))))));
}

function cell(cell, measure, formats, currency, greatest) {
    if (cell === undefined) {
        return h('td.future', {});
    }
    const text = content(cell, measure, formats, currency);
    const shade = cell.share.value === null ? 'none' : Math.ceil(cell.share.value / greatest * SHADES);
    return h(`td.shade-${shade}`, {class: `shade-${shade}${cell.share.partial ? ' is-partial' : ''}`},
        text ?? few(), cell.share.partial && text !== null ? partial() : null);
}

function content(cell, measure, formats, currency) {
    if (measure === 'share') {
        return cell.share.value === null ? null : formats.roundPercent(cell.share.value);
    }
    if (measure === 'patients') {
        return cell.patients === null ? null : formats.count(cell.patients);
    }
    return cell.revenue === null ? null : formats.compact(cell.revenue, currency);
}

const few = () => h('span', {title: t('cards.few')}, '·', h('span.unseen', {}, t('cards.few')));
const partial = () => h('span', {}, h('span', {'aria-hidden': 'true'}, '*'), h('span.unseen', {}, ` ${t('cards.partial')}`));
