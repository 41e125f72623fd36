import {h, icon} from './dom.js';
import {t} from './words.js';

/** What a figure means and what is behind it: a popover of the platform, which Escape and a press outside close and which gives the focus back. */
export function details(id, formats, current) {
    const button = h('button.info', {type: 'button', popovertarget: `about-${id}`}, icon('info'));
    const popover = h('div.about', {id: `about-${id}`, popover: 'auto', role: 'dialog'});
    popover.addEventListener('beforetoggle', (event) => {
        if (event.newState === 'open') {
            fill(popover, current(), formats);
        }
    });
    popover.addEventListener('toggle', (event) => {
        if (event.newState === 'open') {
            place(popover, button);
        }
    });
    return {button, popover};
}

/** Beside its button, within the window. */
function place(popover, button) {
    const anchor = button.getBoundingClientRect();
    const {width, height} = popover.getBoundingClientRect();
    const left = Math.max(8, Math.min(anchor.right - width, innerWidth - width - 8));
    const below = anchor.bottom + 6;
    const top = below + height > innerHeight - 8 ? Math.max(8, anchor.top - height - 6) : below;
    popover.style.left = `${left}px`;
    popover.style.top = `${top}px`;
}

function fill(popover, card, formats) {
    if (!card) {
        return;
    }
    popover.setAttribute('aria-label', card.title);
    const isStepped = String(card.status).toLowerCase() === 'suppressed' || card.answersFor;
    popover.replaceChildren(
        h('p.strong', {}, card.title),
        h('p', {}, card.definition),
        h('dl', {}, ...rows(card, formats)),
        ...(isStepped ? [h('p.muted', {}, t('cards.steps'))] : []));
}

const isThere = (value) => value !== null && value !== undefined;

function rows(card, formats) {
    const row = (name, value) => [h('dt', {}, name), h('dd', {}, value)];
    const sector = card.sector;
    return [
        isThere(card.numerator) && isThere(card.denominator) ? row(t('about.fraction'), fraction(card, formats)) : null,
        isThere(card.n) ? row(t('cards.sample'), formats.count(card.n)) : null,
        ...(card.components ?? []).filter((part) => isThere(part.value) || part.word).map((part) => row(part.title, component(part, formats))),
        isThere(card.baseline?.value)
            ? row(t(`about.baseline-${String(card.baseline.kind ?? 'measured').toLowerCase()}`), formats.value(card.baseline.value, card.unit))
            : null,
        isThere(card.baseline?.change?.low) ? row(t('about.interval'), interval(card, formats)) : null,
        card.change?.against ? row(t('about.against'), formats.range(card.change.against.from, card.change.against.to)) : null,
        sector ? row(t('about.sector'), t('about.quartiles', formats.value(sector.median, card.unit), formats.value(sector.lower, card.unit), formats.value(sector.upper, card.unit))) : null,
        sector ? row(t('about.sectorOf'), t('about.clinics', formats.day(`${sector.month}-01`, {month: 'short', year: 'numeric'}), sector.clinics)) : null,
        card.asOf ? row(t('about.asOf'), formats.clock(card.asOf)) : null,
    ].filter(Boolean).flat();
}

function interval(card, formats) {
    const {low, high} = card.baseline.change;
    return t('baseline.between', formats.difference(low, card.unit, t('points')), formats.difference(high, card.unit, t('points')));
}

function fraction(card, formats) {
    const isMoney = card.unit !== 'ratio' && card.unit !== 'score';
    const write = (value) => isMoney ? formats.plain(value) : formats.count(value);
    return h('span.fraction', {}, h('span', {}, write(card.numerator)), h('span', {'aria-hidden': 'true'}, ' ÷ '), h('span.unseen', {}, t('about.of')), h('span', {}, write(card.denominator)));
}

function component(part, formats) {
    return part.word ?? formats.value(part.value, part.unit);
}
