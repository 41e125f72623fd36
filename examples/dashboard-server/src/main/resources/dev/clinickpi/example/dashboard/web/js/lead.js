import {h, icon} from './dom.js';
import {goalText} from './goal.js';
import {t} from './words.js';

const GOOD = ['met', 'healthy'];

/** The first line: how many targets are met, and by name and figure those that are not. */
export function lead(formats) {
    const element = h('p.lead', {id: 'lead'}, '\u00a0');
    return {
        element,
        show(cards) {
            const judged = cards.filter((card) => card.verdict);
            const off = judged.filter((card) => !GOOD.includes(card.verdict.toLowerCase()));
            element.hidden = judged.length === 0;
            if (element.hidden) {
                return;
            }
            element.replaceChildren(
                h(`span.verdict.${off.length === 0 ? 'good' : 'off'}`, {}, icon(off.length === 0 ? 'met' : 'warn')),
                h('span', {}, off.length === 0 ? t('lead.all', judged.length) : t('lead.some', judged.length - off.length, judged.length), ' ',
                    off.map((card, place) => [place > 0 ? '; ' : '', h('strong', {}, card.title), ` ${formats.value(card.value, card.unit)}`, card.target ? ` (${goalText(card.target, card.unit, formats)})` : '']),
                    off.length > 0 ? '.' : ''));
        },
    };
}
