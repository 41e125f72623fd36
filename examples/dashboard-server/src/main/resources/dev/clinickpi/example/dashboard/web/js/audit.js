import {audit} from './api.js';
import {announce, h, icon} from './dom.js';
import {notice} from './notice.js';
import {maybe, t} from './words.js';

/** A page of the server's; one look at a dashboard asks some thirty questions, which are shown as one. */
const PAGE = 200;
const ONE_LOOK_MS = 60_000;

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
        rows.append(...looks(entries).map(entry));
        before = next;
        more.hidden = !next;
    }

    function entry(look) {
        const {at, who, role, action, outcome} = look[0];
        // How many records were read of the log says nothing that the action does not.
        const describe = (one) => action === 'read-audit-trail' ? '' : detailText(one.detail, formats);
        const isRefused = outcome === 'refused';
        return h('tr', {class: isRefused ? 'refused' : null},
            h('th', {scope: 'row'}, h('time', {datetime: at}, formats.moment(at))),
            h('td', {}, who),
            h('td', {}, maybe(`roles.${role}`) ?? role),
            h('td', {}, maybe(`actions.${action.toUpperCase().replaceAll('-', '_')}`) ?? action),
            h('td.detail', {}, look.length === 1 ? describe(look[0]) : h('details', {},
                h('summary', {}, t('audit.times', look.length)),
                h('ul', {}, look.map((one) => h('li', {}, h('time', {datetime: one.at}, formats.clock(one.at)), ' ', describe(one)))))),
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


const READ = /^(.+) from (\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)(?:, live)?$/;
const PARTS = [' against the period before', ' against the baseline', ' by hour', ' by day', ' by week', ' by month', ' by year'];

/** What was read, in the reader's words where it is one of the library's phrases; a reason that somebody wrote stays as it is. */
function detailText(detail, formats) {
    const [, what, from, to] = READ.exec(detail) ?? [];
    if (!what) {
        return detail;
    }
    const part = PARTS.find((ending) => what.endsWith(ending)) ?? '';
    const subject = what.slice(0, what.length - part.length);
    const words = [maybe(`reads.${subject}`) ?? subject, part && t(`reads.${part.trim()}`)].filter(Boolean).join(' ');
    return `${words} · ${formats.range(from, to)}`;
}

/** Questions of one kind that one person asked in one go: neighbours of the trail, each within a minute of the first. */
function looks(entries) {
    const grouped = [];
    for (const entry of entries) {
        const last = grouped.at(-1);
        const isSame = last && ['who', 'role', 'action', 'outcome'].every((field) => last[0][field] === entry[field])
            && Math.abs(Date.parse(last[0].at) - Date.parse(entry.at)) <= ONE_LOOK_MS;
        if (isSame) {
            last.push(entry);
        } else {
            grouped.push([entry]);
        }
    }
    return grouped;
}
