import {h, icon} from './dom.js';

/** A state in place of what would be there: a shape, a title, a sentence, and what to do. */
export function notice(shape, title, text, ...actions) {
    return h('div.state', {}, icon(shape), h('p.strong', {}, title), text ? h('p', {}, text) : null, actions);
}
