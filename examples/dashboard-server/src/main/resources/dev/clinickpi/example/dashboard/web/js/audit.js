import {audit} from './api.js';
import {announce, h, icon} from './dom.js';
import {maybe, t} from './words.js';

const PAGE = 50;

/** Who looked at this clinic's dashboard, the newest first. */
export function auditPage({clinic, formats}) {
    const rows = h('tbody', {});
    const state = h('div.told', {});
    const more = h('button', {type: 'button', hidden: true, onclick: () => load()}, t('audit.more'));
    const table = h('div.scroll', {tabindex: 0, role: 'group', 'aria-labelledby': 'audit-title', 'aria-busy': 'true', hidden: true},
        h('table.data.audit', {},
            h('caption.unseen', {}, t('audit.title')),
            h('thead', {}, h('tr', {}, ['at', 'who', 'role', 'action', 'detail', 'outcome'].map((column) => h('th', {scope: 'col'}, t(`audit.${column}`))))),
            rows));
    let before = null;

    async function load() {
        more.disabled = true;
        try {
            const answer = await audit(clinic.id, before ? {before, limit: PAGE} : {limit: PAGE});
            show(answer);
        } catch (failure) {
            state.replaceChildren(failure.status === 403 || failure.status === 404
                ? notice('lock', t('panel.denied'), failure.message)
                : notice('off', t('panel.failed'), failure.message || t('panel.failedText'), h('button', {type: 'button', onclick: load}, t('again'))));
        } finally {
            more.disabled = false;
            table.setAttribute('aria-busy', 'false');
        }
    }

    function show({entries, next}) {
        state.replaceChildren();
        table.hidden = entries.length === 0 && rows.childElementCount === 0;
        if (table.hidden) {
            state.replaceChildren(notice('level', t('audit.empty'), t('audit.emptyText')));
        }
        if (before) {
            announce(t('audit.loaded', entries.length));
        }
        rows.append(...entries.map(entry));
        before = next;
        more.hidden = !next;
    }

    function entry({at, who, role, action, outcome, detail}) {
        const isRefused = outcome === 'refused';
        return h('tr', {class: isRefused ? 'refused' : null},
            h('th', {scope: 'row'}, h('time', {datetime: at}, formats.moment(at))),
            h('td', {}, who),
            h('td', {}, maybe(`roles.${role}`) ?? role),
            h('td', {}, maybe(`actions.${action.toUpperCase().replaceAll('-', '_')}`) ?? action),
            h('td.detail', {}, detail ?? ''),
            h('td', {}, h(`span.outcome.${isRefused ? 'bad' : 'good'}`, {}, icon(isRefused ? 'missed' : 'met'), t(isRefused ? 'outcomes.refused' : 'outcomes.done'))));
    }

    load();
    return {
        element: h('div.page', {},
            h('header.page-head', {}, h('h1', {id: 'audit-title'}, t('audit.title')), h('p.muted', {}, t('audit.text', clinic.name))),
            state, table, h('p.more', {}, more)),
        close: () => {},
    };
}


export function notice(shape, title, text, ...actions) {
    return h('div.state', {}, icon(shape), h('p.strong', {}, title), text ? h('p', {}, text) : null, actions);
}
