import {breakGlass} from './api.js';
import {choice, h, icon} from './dom.js';
import {t} from './words.js';

const MINUTES = ['15', '30', '60'];

/** Looking into a clinic's figures for a stated reason, for a while. Every look is in the clinic's own audit trail. */
export function breakGlassPage({session, wanted, onGranted}) {
    let minutes = '30';
    const reason = h('textarea', {id: 'reason', rows: 3, required: true, maxlength: 500, 'aria-describedby': 'reason-hint'});
    const hint = h('p.hint', {id: 'reason-hint'}, t('glass.hint'));
    const boxes = session.clinics.map(({id, name}) => h('input', {type: 'checkbox', name: 'clinic', value: id, id: `glass-${id}`, checked: id === wanted, 'data-name': name}));
    const fault = h('p.fault', {id: 'glass-fault', role: 'alert'});
    const button = h('button.primary', {type: 'submit'}, icon('key'), t('glass.submit'));

    async function submit(event) {
        event.preventDefault();
        const clinics = boxes.filter((box) => box.checked).map((box) => box.value);
        fault.textContent = '';
        reason.removeAttribute('aria-invalid');
        if (reason.value.trim() === '') {
            fail(reason, t('glass.noReason'));
            return;
        }
        if (clinics.length === 0) {
            fail(boxes[0], t('glass.noClinic'));
            return;
        }
        button.disabled = true;
        try {
            onGranted(await breakGlass(reason.value.trim().replaceAll(/\s+/g, ' '), clinics, Number(minutes)), clinics[0]);
        } catch (failure) {
            fail(reason, failure.message || t('panel.failedText'));
        } finally {
            button.disabled = false;
        }
    }

    function fail(field, text) {
        (field === reason ? hint : field.closest('fieldset').lastElementChild).after(fault);
        fault.textContent = text;
        field.setAttribute('aria-invalid', 'true');
        field.focus();
    }

    return {
        element: h('div.page.narrow', {},
            h('header.page-head', {}, h('h1', {}, t('glass.title')), h('p', {}, t('glass.text'))),
            h('form.glass', {onsubmit: submit, novalidate: true},
                h('label', {for: 'reason'}, t('glass.reason')), reason, hint,
                h('fieldset.boxes', {}, h('legend', {}, t('glass.clinics')),
                    boxes.map((box) => h('label', {for: box.id}, box, h('span', {}, box.dataset.name)))),
                h('div.field', {}, h('p.label', {'aria-hidden': 'true'}, t('glass.minutes')), choice({
                    legend: t('glass.minutes'),
                    name: 'minutes',
                    value: minutes,
                    options: MINUTES.map((id) => [id, t('glass.min', id)]),
                    onchange: (id) => {
                        minutes = id;
                    },
                })),
                button)),
        close: () => {},
    };
}
