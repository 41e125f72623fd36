import {choice, h, icon} from './dom.js';
import {setTheme, theme} from './theme.js';
import {language, languages, t} from './words.js';

/** The bar at the top: whose figures, which page, how live, and the reader's own choices. */
export function header({session, clinic, page, onLanguage, onClinic, onSignOut}) {
    const bar = document.getElementById('header');
    const live = h('span.live', {id: 'live', hidden: true});
    bar.replaceChildren(...[
        h('a.brand', {href: '#/'}, h('img', {src: '/icon.svg', alt: '', width: 24, height: 24}), h('span', {}, 'Clinic KPI')),
        session && session.clinics.length > 1 && clinic ? clinics(session, clinic, onClinic) : null,
        session ? navigation(session, clinic, page) : null,
        live,
        h('div.choices', {},
            choice({
                legend: t('header.language'),
                name: 'language',
                value: language(),
                options: languages.map((lang) => [lang, lang.toUpperCase()]),
                onchange: onLanguage,
            }),
            themeButton(),
            session ? h('span.who', {}, h('span.user', {}, session.user), h('span.role', {}, t(`roles.${session.role}`))) : null,
            session ? h('button.quiet', {type: 'button', id: 'sign-out', onclick: onSignOut}, t('header.signOut')) : null),
    ].filter(Boolean));
    return {
        live(state, text) {
            live.hidden = false;
            live.dataset.state = state;
            live.replaceChildren(h('span.dot', {'aria-hidden': 'true'}), text);
        },
    };
}

function clinics(session, clinic, onClinic) {
    const list = h('select', {id: 'clinic', 'aria-label': t('header.clinic'), onchange: () => onClinic(list.value)},
        session.clinics.map(({id, name}) => h('option', {value: id, selected: id === clinic.id}, name)));
    return list;
}

function navigation(session, clinic, page) {
    const mayRead = clinic && (session.role !== 'super-admin' || session.breakGlass?.clinics.includes(clinic.id));
    const link = (to, name, label) => h('a', {href: to, 'aria-current': page === name ? 'page' : null}, label);
    const base = clinic ? `#/clinic/${encodeURIComponent(clinic.id)}` : '';
    return h('nav', {'aria-label': t('header.pages')},
        session.clinics.length > 1 ? link('#/', 'home', t('home.title')) : null,
        mayRead ? link(base, 'dashboard', t('header.dashboard')) : null,
        !clinic || session.role === 'service-role' ? null : link(`${base}/audit`, 'audit', t('header.audit')),
        session.role === 'super-admin' ? link('#/break-glass', 'break-glass', t('header.breakGlass')) : null);
}

const NEXT = {system: 'light', light: 'dark', dark: 'system'};
const SHAPES = {system: 'screen', light: 'sun', dark: 'moon'};

function themeButton() {
    const button = h('button.quiet.square', {type: 'button', id: 'theme', onclick: () => {
        setTheme(NEXT[theme()]);
        paint();
    }});
    function paint() {
        const label = t('header.theme', t(`themes.${theme()}`));
        button.replaceChildren(icon(SHAPES[theme()]));
        button.setAttribute('aria-label', label);
        button.title = label;
    }
    paint();
    return button;
}
