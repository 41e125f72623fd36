import {t} from './words.js';

/** A target in words, its limits as the page writes figures: 2 s rather than 2,000 ms. */
export function goalText(goal, unit, formats) {
    const [from, to] = [goal.from, goal.to].map((limit) => limit === null ? null : formats.value(limit, unit));
    if (from !== null && to !== null) {
        return t('goal.band', from, to);
    }
    return to === null ? t('goal.above', from) : t('goal.below', to);
}
