import {h, icon} from './dom.js';
import {maybe, t} from './words.js';

/** The clinics of a reader who has several, or of the founder, who sees their trails and asks before seeing figures. */
export function homePage({session}) {
    const isFounder = session.role === 'super-admin';
    const opened = session.breakGlass?.clinics ?? [];
    const row = (clinic) => {
        const address = `#/clinic/${encodeURIComponent(clinic.id)}`;
        const mayRead = !isFounder || opened.includes(clinic.id);
        return h('li', {},
            h('div', {}, h('h2', {}, clinic.name), h('p.muted', {}, t('clinic.about', maybe(`verticals.${clinic.vertical}`) ?? clinic.vertical, clinic.tier, clinic.zone))),
            h('div.links', {},
                mayRead
                    ? h('a.button', {href: address}, t('header.dashboard'))
                    : h('a.button', {href: `#/break-glass?clinic=${encodeURIComponent(clinic.id)}`}, icon('key'), t('clinic.ask')),
                session.role === 'service-role' ? null : h('a.button.plain', {href: `${address}/audit`}, t('header.audit'))));
    };
    return {
        element: h('div.page.narrow', {},
            h('header.page-head', {}, h('h1', {}, t('home.title')), h('p.muted', {}, t(isFounder ? 'home.founder' : 'home.text'))),
            h('ul.clinics', {}, session.clinics.map(row))),
        close: () => {},
    };
}
