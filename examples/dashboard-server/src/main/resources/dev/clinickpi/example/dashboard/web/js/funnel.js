import {h, icon} from './dom.js';
import {t} from './words.js';

/** How far conversations come: a list, so that its words are its text alternative, with a bar behind each number. */
export function funnelView(formats) {
    return {
        isEmpty: (spec) => spec.stages.every((stage) => stage.count.value === 0),
        caption: () => t('funnel.caption'),
        draw: (spec, body) => {
            const [messages, ...stages] = spec.stages;
            const widest = stages[0]?.count.value ?? 0;
            body.replaceChildren(
                h('p.funnel-source', {}, h('span', {}, messages.label), h('strong', {}, amount(messages, formats)),
                    widest > 0 && messages.count.value !== null
                        ? h('span.muted', {}, t('funnel.each', formats.plain(Math.round(messages.count.value / widest * 10) / 10)))
                        : null),
                h('ol.funnel', {}, stages.map((stage, place) => row(stage, place, widest, formats))));
            body.dataset.drawn = spec.heading.id;
        },
    };
}

function amount(stage, formats) {
    return stage.count.value === null ? t('cards.few') : formats.count(stage.count.value);
}

function row(stage, place, widest, formats) {
    const bar = h('span.funnel-bar', {'aria-hidden': 'true'});
    const share = widest === 0 ? 0 : (stage.count.value ?? 0) / widest;
    // Set through the object model: the policy of the page allows no style attribute.
    bar.style.setProperty('inline-size', `${Math.max(0.4, share * 100)}%`);
    return h('li', {'data-stage': stage.id},
        place > 0 && stage.dropOff !== null && stage.dropOff !== undefined
            ? h('p.drop', {}, icon('down'), t('funnel.drop', formats.percent(stage.dropOff)))
            : null,
        h('div.funnel-row', {},
            h('span.funnel-label', {}, stage.label),
            h('span.funnel-track', {}, stage.count.value === null ? h('span.few', {}, t('cards.few')) : bar),
            h('strong.funnel-count', {}, stage.count.value === null ? '' : formats.count(stage.count.value)),
            h('span.funnel-share', {}, stage.ofFirst === null ? '' : formats.percent(stage.ofFirst))),
        stage.pending ? h('p.pending', {}, icon('clock'), t('funnel.pending', formats.count(stage.pending))) : null);
}
