/** What the server said instead of an answer: its status, its code for programs and its sentence for the reader. */
export class ApiError extends Error {
    constructor(status, code, message, share = null) {
        super(message);
        this.status = status;
        this.code = code;
        /** How much of what is being loaded is there, from 0 to 1. */
        this.share = share;
    }

    /** Whether nobody answered, so that the same question may be answered later. */
    get isUnreachable() {
        return this.status === 0 || this.status === 502 || this.status === 504;
    }
}

let csrf = null;
let language = 'es';
let onExpired = () => {};

/** The language in which the server words its answers. */
export function speak(lang) {
    language = lang;
}

/** Whom to tell that the session has ended. */
export function whenExpired(listener) {
    onExpired = listener;
}

async function ask(method, path, body, signal) {
    const headers = {Accept: 'application/json'};
    if (body !== undefined) {
        headers['Content-Type'] = 'application/json';
    }
    if (method !== 'GET' && csrf !== null) {
        headers['X-CSRF-Token'] = csrf;
    }
    let response;
    try {
        response = await fetch(path, {method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal, cache: 'no-store'});
    } catch (failure) {
        if (failure.name === 'AbortError') {
            throw failure;
        }
        throw new ApiError(0, 'unreachable', '');
    }
    if (response.ok) {
        return response.status === 204 ? null : response.json();
    }
    const said = await response.json().catch(() => ({}));
    throw new ApiError(response.status, said.error ?? 'error', said.message ?? '', said.share ?? null);
}

/** Asks a question of a signed-in reader. An ended session is told once, here, and the question fails. */
async function asReader(method, path, body, signal) {
    try {
        return await ask(method, path, body, signal);
    } catch (failure) {
        if (failure.status === 401) {
            onExpired();
        }
        throw failure;
    }
}

function remember(session) {
    csrf = session.csrf;
    return session;
}

const inLanguage = (parameters) => new URLSearchParams({...parameters, lang: language}).toString();
const ofClinic = (id, path) => `/api/clinics/${encodeURIComponent(id)}/${path}`;

/** The reader's session, or null if nobody is signed in. */
export async function session() {
    try {
        const answer = await ask('GET', `/api/session?${inLanguage({})}`);
        return answer === null ? null : remember(answer);
    } catch (failure) {
        if (failure.status === 401) {
            csrf = null;
            return null;
        }
        throw failure;
    }
}

export async function signIn(user, password) {
    return remember(await ask('POST', `/api/session?${inLanguage({})}`, {user, password}));
}

export async function signOut() {
    await ask('DELETE', '/api/session');
    csrf = null;
}

export async function breakGlass(reason, clinics, minutes) {
    return remember(await asReader('POST', `/api/break-glass?${inLanguage({})}`, {reason, clinics, minutes}));
}

export async function endBreakGlass() {
    return asReader('DELETE', '/api/break-glass');
}

export function cards(clinic, period, signal) {
    return asReader('GET', `${ofClinic(clinic, 'cards')}?${inLanguage(period)}`, undefined, signal);
}

/** The cards with what takes further questions: the change, the time before the AI, the sector. */
export function details(clinic, period, signal) {
    return asReader('GET', `${ofClinic(clinic, 'details')}?${inLanguage(period)}`, undefined, signal);
}

/** A ChartSpec. A version that this page does not know is refused rather than drawn wrongly. */
export async function chart(clinic, view, parameters, signal) {
    const spec = await asReader('GET', `${ofClinic(clinic, `charts/${view}`)}?${inLanguage(parameters)}`, undefined, signal);
    if (spec.chartSpec !== 1) {
        throw new ApiError(500, 'chart-version', '');
    }
    return spec;
}

export function audit(clinic, parameters, signal) {
    return asReader('GET', `${ofClinic(clinic, 'audit')}?${inLanguage(parameters)}`, undefined, signal);
}

export function liveAddress(clinic, period) {
    return `${ofClinic(clinic, 'live')}?${inLanguage(period)}`;
}
