import * as api from './api.js';
import {dashboardPage} from './dashboard.js';
import {h} from './dom.js';
import {formats} from './format.js';
import {glassNotice} from './glass-notice.js';
import {header} from './header.js';
import {notice} from './notice.js';
import {signInAgain, signInPage} from './sign-in.js';
import {choose, language, preferredLanguage, setLanguage, t} from './words.js';

const main = document.getElementById('main');
const notices = document.getElementById('notices');
let session = null;
let page = null;
let isAsking = false;
let routes = 0;

function go(hash) {
    if (location.hash === hash) {
        route();
    } else {
        location.hash = hash;
    }
}

function place() {
    const [path, query] = location.hash.slice(1).split('?');
    const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
    return {parts, query: new URLSearchParams(query ?? '')};
}

/** Where a reader begins: at their clinic, or at the list of them. */
function home() {
    return session.role === 'super-admin' || session.clinics.length !== 1 ? null : `#/clinic/${encodeURIComponent(session.clinics[0].id)}`;
}

function formatsOf(clinic) {
    return formats({locale: clinic.locale, zone: clinic.zone, currency: clinic.currency, language: language()});
}

/** Shows what the address names. Words and the pages beside the dashboard are fetched when they are wanted; a later address overtakes an earlier one. */
async function route({isMoved = false} = {}) {
    routes += 1;
    const mine = routes;
    page?.close();
    page = null;
    const {parts, query} = place();
    const [first, id, third] = parts;
    // A clinic that the reader may not see looks like one that does not exist.
    const known = session?.clinics.find((clinic) => clinic.id === id) ?? session?.clinics[0];
    let wanted;
    try {
        await setLanguage(preferredLanguage(known?.locale));
        wanted = await import(`./${moduleOf(first, third)}.js`);
    } catch (failure) {
        gone();
        return;
    }
    if (mine !== routes) {
        return;
    }
    api.speak(language());
    document.getElementById('skip').textContent = t('header.skip');
    if (session === null) {
        frame(null, 'sign-in');
        show(signInPage({onSignedIn: signedIn}), t('signIn.title'), isMoved);
        page.focus();
    } else if (first === 'break-glass' && session.role === 'super-admin') {
        frame(null, 'break-glass');
        show(wanted.breakGlassPage({session, wanted: query.get('clinic'), onGranted: (granted, clinic) => {
            session = granted;
            go(`#/clinic/${encodeURIComponent(clinic)}`);
        }}), t('glass.title'), isMoved);
    } else if (first === 'clinic' && id) {
        clinicPage(id, third, query, isMoved, wanted);
    } else if (home()) {
        location.replace(home());
    } else {
        frame(null, 'home');
        show(wanted.homePage({session}), t('home.title'), isMoved);
    }
}

/** Which module a signed-in reader's address needs; harmless where the reader may not go there. */
function moduleOf(first, third) {
    if (first === 'clinic') {
        return third === 'audit' ? 'audit' : 'dashboard';
    }
    if (session === null) {
        return 'sign-in';
    }
    return first === 'break-glass' && session.role === 'super-admin' ? 'break-glass' : 'home';
}

function clinicPage(id, third, query, isMoved, wanted) {
    const clinic = session.clinics.find((candidate) => candidate.id === id);
    if (!clinic) {
        frame(session.clinics[0], '');
        show({element: h('div.page', {}, h('h1', {}, t('clinic.denied')), notice('lock', t('clinic.denied'), t('clinic.deniedText'),
            home() ? h('a.button', {href: home()}, t('clinic.own')) : null)), close: () => {}}, t('clinic.denied'), isMoved);
        return;
    }
    const isAudit = third === 'audit';
    const bar = frame(clinic, isAudit ? 'audit' : 'dashboard');
    show(isAudit
        ? wanted.auditPage({clinic, formats: formatsOf(clinic)})
        : dashboardPage({clinic, session, query, formats: formatsOf(clinic), header: bar, onExpired: expired}),
    isAudit ? `${t('audit.title')} · ${clinic.name}` : clinic.name, isMoved);
}

function frame(clinic, name) {
    notices.replaceChildren(...session?.breakGlass
        ? [glassNotice({session, formats: formatsOf(clinic ?? session.clinics[0]), onEnd: endGlass})]
        : []);
    return header({
        session,
        clinic,
        page: name,
        onClinic: (id) => go(`#/clinic/${encodeURIComponent(id)}`),
        onLanguage: async (lang) => {
            choose(lang);
            await route();
            document.querySelector(`#header input[name=language][value=${lang}]`)?.focus();
        },
        onSignOut: async () => {
            await api.signOut().catch(() => {});
            session = null;
            go('#/sign-in');
        },
    });
}

function show(next, title, isMoved) {
    page = next;
    main.replaceChildren(next.element);
    document.title = `${title} · Clinic KPI`;
    if (isMoved) {
        // A reader who follows a link stands at the beginning of what it leads to.
        main.focus({preventScroll: true});
        scrollTo(0, 0);
    }
}

function gone() {
    main.replaceChildren(h('div.page', {}, h('h1.unseen', {}, 'Clinic KPI'), notice('off', t('live.gone'), t('panel.failedText'),
        h('button', {type: 'button', onclick: () => location.reload()}, t('again')))));
}

async function endGlass() {
    await api.endBreakGlass().catch(() => {});
    session = await api.session();
    go('#/');
}

function signedIn(granted) {
    session = granted;
    const {parts} = place();
    if (parts.length === 0 || parts[0] === 'sign-in') {
        go(home() ?? '#/');
        return;
    }
    route();
}

/**
 * Signs in above the page: what it shows, where it is scrolled to and what is chosen stay.
 *
 * @param left the session where only a right of it has ended, such as service access
 */
function expired(left) {
    if (left) {
        session = left;
        route();
        return;
    }
    if (isAsking || session === null) {
        return;
    }
    isAsking = true;
    const {user} = session;
    signInAgain({
        user,
        onSignedIn: (granted) => {
            isAsking = false;
            const isSame = granted.user === user && (granted.breakGlass === null) === (session.breakGlass === null);
            session = granted;
            if (isSame && page?.again) {
                page.again();
            } else {
                route();
            }
        },
        onOther: () => {
            isAsking = false;
            session = null;
            go('#/sign-in');
        },
    });
}

async function start() {
    await setLanguage(preferredLanguage(undefined));
    api.speak(language());
    api.whenExpired(() => expired(null));
    addEventListener('hashchange', () => route({isMoved: true}));
    try {
        session = await api.session();
    } catch (failure) {
        frame(null, '');
        gone();
        return;
    }
    await route();
}

start();
