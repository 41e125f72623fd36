import {choice, h} from './dom.js';
import {addDays, SPANS} from './period.js';
import {t} from './words.js';

/** The choice of a period. The dates of one's own are asked for below the spans, only when wanted. */
export function toolbar({period, today, onPeriod}) {
    const isCustom = Boolean(period.from);
    const from = h('input', {type: 'date', id: 'from', required: true, value: period.from ?? addDays(today, -29), max: today});
    const last = h('input', {type: 'date', id: 'until', required: true, value: period.to ? addDays(period.to, -1) : today});
    const fault = h('p.fault', {id: 'period-fault', role: 'alert'});
    const form = h('form.dates', {hidden: !isCustom, onsubmit: submit, novalidate: true},
        h('label', {for: 'from'}, t('period.from')), from,
        h('label', {for: 'until'}, t('period.until')), last,
        h('button', {type: 'submit'}, t('period.show')), fault);
    const range = h('p.range', {});
    const spans = choice({
        legend: t('period.title'),
        name: 'days',
        value: isCustom ? 'custom' : period.days,
        options: [...SPANS.map((days) => [String(days), t('period.days', days)]), ['custom', t('period.custom')]],
        onchange: (id) => {
            form.hidden = id !== 'custom';
            if (id !== 'custom') {
                onPeriod({days: id});
            }
        },
    });

    function submit(event) {
        event.preventDefault();
        const isWrong = !from.value || !last.value || from.value > last.value;
        fault.textContent = isWrong ? t('period.wrong') : '';
        from.setAttribute('aria-invalid', String(isWrong));
        if (isWrong) {
            from.setAttribute('aria-describedby', 'period-fault');
            from.focus();
            return;
        }
        onPeriod({from: from.value, to: addDays(last.value, 1)});
    }

    return {
        element: h('div.toolbar', {}, spans, form, range),
        today: (date) => {
            from.max = date;
            last.max = date;
        },
        say: (text) => {
            range.textContent = text;
        },
    };
}
