import {announce, h, icon} from './dom.js';
import {t} from './words.js';

/**
 * A frame around one view: heading, tools, picture, the same as a table, and every state it can be in. Its height is kept while it loads, so that
 * nothing below it moves.
 *
 * @param view {id, title, size, tools, draw(spec) → node or null, table(spec) → node, summary(spec) → text, isEmpty(spec), isFew(spec), resize()}
 */
export function panel(view) {
    const heading = h('h2', {id: `${view.id}-title`}, view.title);
    const caption = h('p.caption', {});
    const body = h('div.picture', {id: `${view.id}-picture`});
    const table = h('div.scroll', {id: `${view.id}-table`, hidden: true, tabindex: 0, role: 'group', 'aria-labelledby': `${view.id}-title`});
    const toggle = view.table && h('button.quiet', {
        type: 'button',
        'aria-pressed': 'false',
        'aria-controls': `${view.id}-table`,
        onclick: () => showTable(toggle.getAttribute('aria-pressed') !== 'true'),
    }, icon('table'), h('span', {}, t('panel.asTable')));
    const element = h(`section.panel.${view.size ?? 'half'}`, {id: view.id, 'aria-labelledby': `${view.id}-title`, 'aria-busy': 'true'},
        h('header', {}, h('div.titles', {}, heading, caption), h('div.tools', {}, view.tools ?? null, toggle)),
        body, table, view.foot ?? null);
    let asking = null;
    let question = null;
    let isDrawn = false;

    function showTable(wanted) {
        toggle.setAttribute('aria-pressed', String(wanted));
        table.hidden = !wanted;
        body.hidden = wanted;
        if (!wanted) {
            view.resize?.();
        }
    }

    function state(shape, title, text, ...actions) {
        isDrawn = false;
        view.clear?.();
        body.className = 'picture told';
        body.removeAttribute('role');
        body.removeAttribute('aria-label');
        body.replaceChildren(h('div.state', {}, icon(shape), h('p.strong', {}, title), text ? h('p', {}, text) : null, actions));
        table.replaceChildren();
        if (toggle) {
            showTable(false);
            toggle.hidden = true;
        }
        caption.textContent = '';
        view.onState?.();
    }

    function waiting() {
        element.setAttribute('aria-busy', 'true');
        if (!isDrawn) {
            body.className = 'picture skeleton';
            body.replaceChildren(h('span.unseen', {}, t('panel.loading')));
        }
    }

    function show(spec) {
        if (view.isEmpty?.(spec)) {
            state('level', t('panel.empty'), t('panel.emptyText'));
            return;
        }
        if (view.isFew?.(spec)) {
            state('few', t('cards.few'), t('cards.steps'));
            return;
        }
        const isFirst = !isDrawn;
        isDrawn = true;
        body.className = 'picture';
        if (isFirst) {
            body.replaceChildren();
        }
        if (toggle) {
            toggle.hidden = false;
        }
        view.draw(spec, body);
        if (view.table) {
            table.replaceChildren(view.table(spec));
        }
        caption.textContent = view.caption?.(spec) ?? '';
        if (view.summary) {
            body.setAttribute('role', 'img');
            body.setAttribute('aria-label', view.summary(spec));
        }
    }

    function failed(failure) {
        if (failure.code === 'not-in-tier') {
            state('lock', t('panel.notInTier'), failure.message || t('panel.notInTierText'));
        } else if (failure.code === 'breakdown') {
            state('level', t('panel.empty'), t('panel.emptyText'));
        } else if (failure.status === 403 || failure.status === 404) {
            state('lock', t('panel.denied'), failure.message);
        } else if (isDrawn && failure.isUnreachable) {
            // What is drawn is old, and the page says so above; it is better than nothing.
            return;
        } else {
            state('off', t('panel.failed'), failure.message || t('panel.failedText'),
                h('button', {type: 'button', onclick: () => load(question)}, t('again')));
        }
    }

    /** Asks and shows; a question that is asked while another is under way replaces it. */
    async function load(ask, {quietly = true} = {}) {
        question = ask;
        asking?.abort();
        const mine = new AbortController();
        asking = mine;
        waiting();
        try {
            const spec = await ask(mine.signal);
            if (asking === mine) {
                show(spec);
                if (!quietly) {
                    announce(t('panel.updated', view.title));
                }
            }
        } catch (failure) {
            if (asking === mine && failure.name !== 'AbortError') {
                if (failure.status === undefined) {
                    throw failure;
                }
                failed(failure);
            }
        } finally {
            if (asking === mine) {
                element.setAttribute('aria-busy', 'false');
            }
        }
    }

    return {
        element,
        load,
        again: () => question && load(question),
        close: () => {
            asking?.abort();
            view.clear?.();
        },
    };
}

/** A table of text, with a header row and header cells at the left. A last column of remarks is left out where there are none. */
export function dataTable(caption, allColumns, allRows) {
    const last = allColumns.length - 1;
    const isBare = allRows.every((row) => row[last] === '');
    const columns = isBare ? allColumns.slice(0, last) : allColumns;
    const rows = isBare ? allRows.map((row) => row.slice(0, last)) : allRows;
    return h('table.data', {},
        h('caption.unseen', {}, caption),
        h('thead', {}, h('tr', {}, columns.map((column) => h('th', {scope: 'col'}, column)))),
        h('tbody', {}, rows.map(([first, ...rest]) =>
            h('tr', {}, h('th', {scope: 'row'}, first), rest.map((cell) => h('td', {}, cell ?? '—'))))));
}
