import * as api from './api.js';
import {baselineView, breakdownView, changeSentence} from './bars.js';
import {cardBoard, hasPast} from './cards.js';
import {cohortsView} from './cohorts.js';
import {announce, choice, h, icon} from './dom.js';
import {funnelView} from './funnel.js';
import {heatmapLegend, heatmapView} from './heatmap.js';
import {lead} from './lead.js';
import {listen} from './live.js';
import {notice} from './notice.js';
import {panel} from './panel.js';
import {daysOf, grainsFor, lastYear, periodOf} from './period.js';
import {seriesLegend, seriesView} from './series.js';
import {toolbar} from './toolbar.js';
import {maybe, t} from './words.js';

const STANDARD_KPI = 'conversion-rate';
const WITH_ROWS = ['conversion-rate', 'lead-tiers', 'top-services', 'csat', 'llm-cost'];
const SHAPES = ['line', 'area', 'bar'];
const MEASURES = ['messages', 'conversations', 'conversions'];

/**
 * A clinic's dashboard. What it shows is in the address (period, KPI, grain, shape), so that a reload, a bookmark and a new sign-in come back to it.
 */
export function dashboardPage({clinic, session, query, formats, header, onExpired}) {
    const dateOf = (moment) => new Intl.DateTimeFormat('en-CA', {timeZone: clinic.zone}).format(moment);
    let today = dateOf(new Date());
    let period = periodOf(query);
    let kpi = query.get('kpi') ?? STANDARD_KPI;
    let grain = query.get('grain');
    let shape = SHAPES.includes(query.get('shape')) ? query.get('shape') : 'area';
    let measure = 'messages';
    let live = null;
    let asking = null;
    let isOffline = false;
    let isBare = false;
    let isLoading = false;
    let later = null;

    const offline = h('div.notice.offline', {hidden: true, role: 'region', 'aria-label': t('live.gone')});
    const board = cardBoard({formats, onSelect: selectKpi});
    const bar = toolbar({period, today, onPeriod: (wanted) => {
        period = wanted;
        grain = null;
        address();
        reload(true);
        listenAgain();
    }});
    const summary = lead(formats);
    const outcome = h('div.outcome', {hidden: true});

    const series = seriesView(formats);
    const legend = h('div', {});
    const picker = h('select', {id: 'kpi', 'aria-label': t('series.kpi'), onchange: () => selectKpi(picker.value)});
    const grains = h('div', {});
    const seriesPanel = panel({
        ...series,
        id: 'series',
        size: 'wide',
        title: t('series.title'),
        foot: legend,
        onState: () => legend.replaceChildren(),
        tools: [picker, grains, choice({
            legend: t('series.shape'), name: 'shape', value: shape, options: SHAPES.map((id) => [id, t(`shapes.${id}`)]),
            onchange: (id) => {
                shape = id;
                address();
                loadSeries(true);
            },
        })],
        draw: (spec, body) => {
            legend.replaceChildren(seriesLegend(spec, formats));
            return series.draw(spec, body);
        },
    });
    const baseline = baselineView(formats);
    const sentence = h('p.sentence', {});
    const meaning = h('p.muted', {});
    const maturity = h('p.muted', {hidden: true}, t('baseline.maturity'));
    const baselinePanel = panel({
        ...baseline,
        id: 'baseline',
        size: 'narrow',
        title: t('baseline.title'),
        foot: h('div.said', {}, sentence, maturity, meaning),
        onState: () => {
            sentence.replaceChildren();
            maturity.hidden = true;
        },
        caption: (spec) => spec.heading.title,
        draw: (spec, body) => {
            sentence.textContent = changeSentence(spec, formats);
            maturity.hidden = (board.card(kpi)?.value ?? null) === spec.bars[0].mark.value;
            return baseline.draw(spec, body);
        },
    });

    const breakdownPanel = panel({...breakdownView(formats), id: 'breakdown', size: 'narrow', title: t('bars.title'), caption: (spec) => spec.heading.title});
    const heat = heatmapView(formats);
    const heatLegend = h('div', {});
    const heatPanel = panel({
        ...heat,
        id: 'heatmap',
        title: t('heatmap.title'),
        foot: heatLegend,
        onState: () => heatLegend.replaceChildren(),
        tools: choice({
            legend: t('heatmap.measure'), name: 'measure', value: measure, options: MEASURES.map((id) => [id, t(`measures.${id}`)]),
            onchange: (id) => {
                measure = id;
                loadHeatmap(true);
            },
        }),
        draw: (spec, body) => {
            heatLegend.replaceChildren(heatmapLegend(spec, formats));
            return heat.draw(spec, body);
        },
    });
    const funnelPanel = panel({...funnelView(formats), id: 'funnel', title: t('funnel.title')});
    const cohortsPanel = panel({...cohortsView(formats), id: 'cohorts', size: 'full', title: t('cohorts.title')});
    const panels = [seriesPanel, baselinePanel, breakdownPanel, heatPanel, funnelPanel, cohortsPanel];

    const figures = h('div.figures', {}, board.element,
        h('div.panels', {}, panels.map((one) => one.element)));
    const element = h('div.page', {},
        h('header.page-head.clinic-head', {}, h('div', {}, h('h1', {}, clinic.name), h('p.muted', {}, t('clinic.about', maybe(`verticals.${clinic.vertical}`) ?? clinic.vertical, clinic.tier, clinic.zone))), bar.element),
        offline, outcome, summary.element, figures);

    /** The address is replaced, not added to: the way back leads to the page before, not through every click. */
    function address() {
        const parameters = new URLSearchParams({...period, kpi, shape, ...grain ? {grain} : {}});
        history.replaceState(null, '', `#/clinic/${encodeURIComponent(clinic.id)}?${parameters}`);
    }

    async function loadCards(isAsked) {
        asking?.abort();
        const mine = new AbortController();
        asking = mine;
        board.waiting();
        try {
            const answer = await api.cards(clinic.id, period, mine.signal);
            if (asking === mine) {
                show(answer, isAsked);
            }
        } catch (failure) {
            if (asking === mine && failure.name !== 'AbortError') {
                failed(failure);
            }
        }
    }

    function show(answer, isAsked) {
        figures.hidden = false;
        outcome.hidden = true;
        if (isLoading) {
            isLoading = false;
            listenAgain();
        }
        // A plan has features before anybody has used one.
        const isEmpty = answer.cards.every((card) => card.id === 'tier-utilization' || !(card.n > 0) && !(card.value > 0) && String(card.status).toLowerCase() !== 'suppressed');
        isBare = isEmpty && daysOf(period) >= 30;
        figures.classList.toggle('is-bare', isBare);
        if (isBare) {
            tell('level', t('clinic.empty'), t('clinic.emptyText'));
        }
        // The server's clock is the one that counts.
        today = dateOf(new Date(answer.asOf));
        bar.today(today);
        bar.say(t('period.range', formats.range(answer.period.from, answer.period.to), formats.time(answer.asOf)));
        board.show(answer.cards);
        options(answer.cards);
        summary.show(board.all());
        board.select(kpi);
        fillIn(asking);
        if (isAsked) {
            announce(t('cards.updated', formats.range(answer.period.from, answer.period.to)));
        }
    }

    /** What takes further questions of the library comes when the first is answered. Without it the cards are whole, if shorter. */
    async function fillIn(mine) {
        const more = await api.details(clinic.id, period, mine.signal).catch(() => null);
        if (asking === mine && more) {
            board.update(more.cards);
        }
    }

    function tell(shape, title, text, ...actions) {
        outcome.hidden = false;
        outcome.replaceChildren(notice(shape, title, text, actions));
    }

    function failed(failure) {
        board.settled();
        if (failure.code === 'loading') {
            tell('clock', t('clinic.loading', failure.share === null ? '' : formats.roundPercent(failure.share)), t('clinic.loadingText'));
            figures.classList.add('is-bare');
            isLoading = true;
            later = setTimeout(() => reload(false), 1500);
        } else if (failure.status === 403 || failure.status === 404) {
            figures.hidden = true;
            live?.close();
            tell('lock', t('clinic.denied'), t('clinic.deniedText'), session.role === 'super-admin'
                ? h('a.button', {href: `#/break-glass?clinic=${encodeURIComponent(clinic.id)}`}, t('clinic.ask'))
                : null);
        } else if (failure.status !== 401 && !failure.isUnreachable) {
            tell('off', t('panel.failed'), failure.message || t('panel.failedText'), h('button', {type: 'button', onclick: () => reload(true)}, t('again')));
        } else if (failure.isUnreachable) {
            connection('offline', {since: Date.now()});
        }
    }

    function options(cards) {
        if (picker.childElementCount === 0) {
            picker.append(...cards.filter((card) => hasPast(card.id)).map((card) => h('option', {value: card.id, selected: card.id === kpi}, card.title)));
        }
    }

    function selectKpi(id) {
        kpi = id;
        picker.value = id;
        board.select(id);
        address();
        loadOfKpi(true);
        if (seriesPanel.element.getBoundingClientRect().top > innerHeight - 160) {
            seriesPanel.element.scrollIntoView({block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'});
        }
    }

    function paintGrains() {
        const fitting = grainsFor(daysOf(period));
        grain = fitting.includes(grain) ? grain : fitting[0];
        const chosen = choice({
            legend: t('series.grain'), name: 'grain', value: grain, options: fitting.map((id) => [id, t(`grains.${id}`)]),
            onchange: (id) => {
                grain = id;
                address();
                loadSeries(true);
            },
        });
        grains.replaceChildren(chosen);
    }

    const ask = (view, parameters) => (signal) => api.chart(clinic.id, view, {...period, ...parameters}, signal);

    /** Whether patients come back takes longer to see than what the rest of the page is about: a year at the least. */
    const askCohorts = (signal) => api.chart(clinic.id, 'cohorts', daysOf(period) > 365 ? period : lastYear(today), signal);

    function loadSeries(isAsked) {
        return seriesPanel.load(ask('series', {kpi, grain, shape}), {quietly: !isAsked});
    }

    function loadHeatmap(isAsked) {
        return heatPanel.load(ask('heatmap', {measure}), {quietly: !isAsked});
    }

    function loadOfKpi(isAsked) {
        // Where there is no figure there are no rows of it either.
        const hasRows = WITH_ROWS.includes(kpi) && (board.card(kpi)?.value ?? null) !== null;
        breakdownPanel.element.hidden = !hasRows;
        figures.classList.toggle('has-rows', hasRows);
        meaning.textContent = board.card(kpi)?.definition ?? '';
        return Promise.all([
            loadSeries(isAsked),
            baselinePanel.load(ask('baseline', {kpi})),
            hasRows ? breakdownPanel.load(ask('breakdown', {kpi})) : null,
        ]);
    }

    async function reload(isAsked) {
        paintGrains();
        // The cards first: they are what the page is opened for.
        await loadCards(isAsked);
        if (!figures.hidden && !isBare && !isLoading) {
            await Promise.all([loadOfKpi(false), loadHeatmap(false), funnelPanel.load(ask('funnel')), cohortsPanel.load(askCohorts)]);
        }
    }

    function connection(state, {since, retryAt}) {
        header.live(state, t(`live.${state}`));
        const wasOffline = isOffline;
        isOffline = state === 'offline';
        board.stale(isOffline);
        offline.hidden = !isOffline;
        if (isOffline) {
            offline.replaceChildren(icon('off'), h('p', {}, h('strong', {}, t('live.gone')), ' ', t('live.since', formats.clock(new Date(since)))),
                h('button', {type: 'button', id: 'retry', onclick: () => live?.retry()}, t('live.retry')));
        }
        if (isOffline !== wasOffline) {
            announce(isOffline ? t('live.goneSaid') : t('live.backSaid'));
        }
    }

    function listenAgain() {
        live?.close();
        live = listen(clinic.id, period, {
            cards: (cards) => {
                board.update(cards);
                summary.show(board.all());
                if (isBare && cards.some((card) => card.n > 0)) {
                    reload(false);
                }
            },
            state: connection,
            back: () => reload(false),
            expired: onExpired,
        });
    }

    // The room that the panels will need, before there is anything in them.
    breakdownPanel.element.hidden = !WITH_ROWS.includes(kpi);
    figures.classList.toggle('has-rows', WITH_ROWS.includes(kpi));
    paintGrains();
    reload(false);
    listenAgain();
    return {
        element,
        /** Asks everything anew, in place. */
        again: () => {
            reload(false);
            listenAgain();
        },
        close: () => {
            live?.close();
            asking?.abort();
            clearTimeout(later);
            panels.forEach((one) => one.close());
            [series, baseline, heat].forEach((view) => view.close());
        },
    };
}
