import {h, icon} from './dom.js';
import {t} from './words.js';

/** A line above everything for as long as the glass is broken. */
export function glassNotice({session, formats, onEnd}) {
    const {reason, expiry} = session.breakGlass;
    return h('div.notice.glass-on', {role: 'region', 'aria-label': t('glass.on')},
        icon('key'), h('p', {}, h('strong', {}, t('glass.on')), ' ', t('glass.until', reason, formats.time(expiry))),
        h('button', {type: 'button', id: 'end-glass', onclick: onEnd}, t('glass.end')));
}
