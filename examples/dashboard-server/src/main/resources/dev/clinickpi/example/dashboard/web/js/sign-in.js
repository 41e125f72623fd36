import {signIn} from './api.js';
import {h} from './dom.js';
import {t} from './words.js';

/** The form, as a page of its own and, when a session ends, in a dialog above what the reader was looking at. */
function form({onSignedIn, user = '', prefix}) {
    const name = h('input', {id: `${prefix}-user`, name: 'user', autocomplete: 'username', required: true, value: user, autocapitalize: 'none', spellcheck: 'false'});
    const password = h('input', {id: `${prefix}-password`, name: 'password', type: 'password', autocomplete: 'current-password', required: true});
    const fault = h('p.fault', {id: `${prefix}-fault`, role: 'alert'});
    const button = h('button.primary', {type: 'submit'}, t('signIn.submit'));

    async function submit(event) {
        event.preventDefault();
        fault.textContent = '';
        if (!name.value || !password.value) {
            fail(t('signIn.both'));
            return;
        }
        button.disabled = true;
        try {
            onSignedIn(await signIn(name.value, password.value));
        } catch (failure) {
            password.value = '';
            fail(failure.status === 401 ? t('signIn.wrong')
                : failure.status === 429 ? t('signIn.tooOften')
                    : failure.isUnreachable ? t('signIn.unreachable') : failure.message || t('signIn.unreachable'));
        } finally {
            button.disabled = false;
        }
    }

    function fail(text) {
        fault.textContent = text;
        for (const field of [name, password]) {
            field.setAttribute('aria-invalid', 'true');
            field.setAttribute('aria-describedby', fault.id);
        }
        (name.value ? password : name).focus();
    }

    return {
        focus: () => (name.value ? password : name).focus(),
        element: h('form.sign-in', {onsubmit: submit, novalidate: true},
            h('label', {for: name.id}, t('signIn.user')), name,
            h('label', {for: password.id}, t('signIn.password')), password,
            fault, button),
    };
}

export function signInPage({onSignedIn}) {
    const fields = form({onSignedIn, prefix: 'page'});
    return {
        element: h('section.entry', {}, h('h1', {}, t('signIn.title')), h('p.muted', {}, t('signIn.text')), fields.element),
        focus: fields.focus,
        close: () => {},
    };
}

/** Signing in again in place. Nothing behind the dialog is lost; nothing behind it can be reached either. */
export function signInAgain({user, onSignedIn, onOther}) {
    const fields = form({user, prefix: 'again', onSignedIn: (session) => {
        dialog.close();
        dialog.remove();
        onSignedIn(session);
    }});
    const dialog = h('dialog.again', {id: 'sign-in-again', 'aria-labelledby': 'again-title'},
        h('h2', {id: 'again-title'}, t('signIn.expired')), h('p.muted', {}, t('signIn.expiredText')), fields.element,
        h('button.quiet', {type: 'button', onclick: () => {
            dialog.close();
            dialog.remove();
            onOther();
        }}, t('signIn.leave')));
    // Escape would leave a page that shows figures to nobody in particular.
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
    fields.focus();
}
