import {details} from './card-details.js';
import {h, icon} from './dom.js';
import {goalText} from './goal.js';
import {maybe, t} from './words.js';

/** The twelve in four groups of three: what a clinic's owner asks together is seen together. A host's own KPIs follow in a group of theirs. */
const GROUPS = [
    ['service', ['active-conversations', 'response-time', 'handoff-rate']],
    ['money', ['revenue-recovered', 'conversion-rate', 'llm-cost']],
    ['agenda', ['no-show-rate', 'waitlist-conversion', 'csat']],
    ['demand', ['lead-tiers', 'top-services', 'tier-utilization']],
];

/** Whether a KPI can be drawn over time; active conversations are of the moment alone. */
export const hasPast = (id) => id !== 'active-conversations';

/** All the cards of a dashboard. */
export function cardBoard({formats, onSelect}) {
    const cards = new Map();
    const board = h('div.groups', {});
    const element = h('section.board', {'aria-labelledby': 'board-title', 'aria-busy': 'true'},
        h('h2.unseen', {id: 'board-title'}, t('cards.title')), board);

    function group(name, ids) {
        const list = h('ul.cards', {});
        for (const id of ids) {
            const card = kpiCard(id, {formats, onSelect});
            cards.set(id, card);
            list.append(card.element);
        }
        return h('section.group', {'aria-labelledby': `group-${name}`}, h('h3', {id: `group-${name}`}, t(`groups.${name}`)), list);
    }

    board.append(...GROUPS.map(([name, ids]) => group(name, ids)));

    return {
        element,
        waiting: () => element.setAttribute('aria-busy', 'true'),
        settled: () => element.setAttribute('aria-busy', 'false'),
        show(list) {
            const own = list.filter((card) => !cards.has(card.id)).map((card) => card.id);
            if (own.length > 0) {
                board.append(group('own', own));
            }
            for (const card of list) {
                cards.get(card.id).show(card);
            }
            element.setAttribute('aria-busy', 'false');
        },
        /** Newer figures of some cards. */
        update(list) {
            for (const card of list) {
                cards.get(card.id)?.update(card);
            }
        },
        select(id) {
            for (const [kpi, card] of cards) {
                card.select(kpi === id);
            }
        },
        stale(isStale) {
            board.classList.toggle('is-stale', isStale);
        },
        card: (id) => cards.get(id)?.data() ?? null,
        all: () => [...cards.values()].map((card) => card.data()).filter(Boolean),
    };
}

function kpiCard(id, {formats, onSelect}) {
    let card = null;
    // What is only of the moment has no past to be shown, so there is nothing to press.
    const title = hasPast(id)
        ? h('button.card-title', {type: 'button', 'aria-pressed': 'false', onclick: () => onSelect(id), title: t('cards.select')}, ' ')
        : h('span.card-title', {}, ' ');
    const value = h('p.value', {});
    const facts = h('div.facts', {});
    const foot = h('p.foot', {});
    const info = details(id, formats, () => card);
    const element = h('li.card.is-waiting', {id: `card-${id}`, 'data-kpi': id},
        h('div.card-head', {}, h('h4', {}, title), info.button), value, facts, foot, info.popover);

    function paint() {
        element.classList.remove('is-waiting');
        element.classList.toggle('has-value', card.value !== null && card.value !== undefined);
        element.dataset.status = String(card.status).toLowerCase();
        element.dataset.value = card.value ?? '';
        title.textContent = card.title;
        value.replaceChildren(...valueOf(card, formats));
        facts.replaceChildren(...[verdict(card, formats), trend(card, formats), before(card, formats)].filter(Boolean));
        foot.replaceChildren(...footOf(card, formats));
        info.button.setAttribute('aria-label', t('cards.about', card.title));
    }

    return {
        element,
        data: () => card,
        select: (isSelected) => {
            if (hasPast(id)) {
                title.setAttribute('aria-pressed', String(isSelected));
            }
            element.classList.toggle('is-selected', isSelected);
        },
        show(newCard) {
            card = newCard;
            paint();
        },
        update(newer) {
            const moved = card !== null && card.value !== newer.value;
            // What took further questions stays until they are asked again.
            card = {...newer, change: newer.change ?? card?.change, baseline: newer.baseline ?? card?.baseline, sector: newer.sector ?? card?.sector};
            paint();
            if (moved) {
                // Begun anew, the glow is seen for each change.
                value.classList.remove('moved');
                void value.offsetWidth;
                value.classList.add('moved');
            }
        },
    };
}

function valueOf(card, formats) {
    if (String(card.status).toLowerCase() === 'suppressed') {
        return [h('span.none', {}, icon('few'), t('cards.few'))];
    }
    if (card.value === null || card.value === undefined) {
        return [h('span.none', {}, card.note ?? t('cards.nothing'))];
    }
    const text = formats.value(card.value, card.unit);
    const unit = maybe(`units.${card.id}`);
    return [h('data', {value: card.value}, text), unit ? h('span.unit', {}, unit) : null].filter(Boolean);
}

const GOOD = ['met', 'healthy'];
const SHAPES = {met: 'met', healthy: 'met', missed: 'missed', below: 'down', above: 'up'};

/** A shape, a word and a colour: any two of them would do. */
function verdict(card, formats) {
    if (!card.verdict) {
        return null;
    }
    const word = card.verdict.toLowerCase();
    return h(`p.verdict.${GOOD.includes(word) ? 'good' : word === 'missed' ? 'bad' : 'off'}`, {'data-verdict': word},
        icon(SHAPES[word] ?? 'level'), h('span', {}, t(`verdicts.${word}`)), card.target ? h('span.muted', {}, goalText(card.target, card.unit, formats)) : null);
}

/** Which way a change is good; without a wanted way it is neither. */
function isBetter(card, change) {
    const way = String(card.direction).toLowerCase();
    if (way.startsWith('higher')) {
        return change > 0;
    }
    return way.startsWith('lower') ? change < 0 : null;
}

function trend(card, formats) {
    const change = card.change;
    if (!change || change.absolute?.value === null || change.absolute?.value === undefined) {
        return null;
    }
    const amount = change.absolute.value;
    const relative = change.relative?.value;
    const text = card.unit === 'ratio' || relative === null || relative === undefined
        ? formats.difference(amount, card.unit, t('points'))
        : formats.relative(relative);
    const isClear = change.isChange !== false && amount !== 0;
    const better = isClear ? isBetter(card, amount) : null;
    return h(`p.trend${better === true ? '.good' : better === false ? '.bad' : ''}`, {},
        icon(amount > 0 ? 'up' : amount < 0 ? 'down' : 'level'),
        h('span', {}, text),
        h('span.muted', {}, amount === 0 ? t('cards.same') : isClear ? t(better === null ? 'cards.versus' : better ? 'cards.better' : 'cards.worse') : t('cards.unclear')));
}

function before(card, formats) {
    const value = card.baseline?.value;
    if (value === null || value === undefined) {
        return null;
    }
    return h('p.before', {}, h('span.muted', {}, t('cards.before')), h('span', {}, formats.value(value, card.unit)));
}

function footOf(card, formats) {
    const refresh = String(card.refresh).toLowerCase().replace(/[_-]/g, '');
    const parts = [];
    if (card.n !== null && card.n !== undefined) {
        parts.push(h('span', {title: t('cards.sample')}, h('span.unseen', {}, `${t('cards.sample')}: `), t('cards.n', formats.count(card.n))));
    }
    // A figure about people may answer for fewer days than were asked: whole groups of five alone are told.
    const isShorter = card.answersFor && hasPast(card.id);
    parts.push(h('span', isShorter ? {title: t('cards.steps')} : {}, isShorter
        ? t('cards.answersFor', formats.shortRange(card.answersFor.from, card.answersFor.to))
        : t(`refresh.${refresh}`, formats.time(card.asOf))));
    if (card.partial && !isShorter) {
        parts.push(h('span.tag', {title: t('cards.partialText')}, t('cards.partial')));
    }
    if (card.stale) {
        parts.push(h('span.tag.old', {}, icon('clock'), t('cards.stale')));
    }
    return parts;
}
