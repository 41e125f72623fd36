import {liveAddress, session} from './api.js';

/** After this long without a word from the server its figures are no longer called live. It says something every 15 s. */
const SILENCE_MS = 30_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Listens to a clinic's real-time figures. The browser's own reconnecting is not enough: it gives up on an answer that is no stream (a restarting proxy,
 * an ended session) and says nothing of a connection that is open and dead.
 *
 * @param told {cards(list), state('live' | 'connecting' | 'offline', {since, retryAt}), back(), expired(session)}; back is called when the server is there
 *     again after a gap, in which anything may have changed; expired when the right to look has ended, with the session if there is one still
 * @returns {{close(), retry()}}
 */
export function listen(clinic, period, told) {
    let source = null;
    let silence = null;
    let pause = null;
    let failures = 0;
    let lastWord = Date.now();
    let closed = false;

    function heard() {
        clearTimeout(silence);
        silence = setTimeout(lost, SILENCE_MS);
        lastWord = Date.now();
        if (failures > 0) {
            failures = 0;
            told.back();
        }
        told.state('live', {});
    }

    function open() {
        clearTimeout(pause);
        if (closed) {
            return;
        }
        source?.close();
        source = new EventSource(liveAddress(clinic, period));
        source.addEventListener('open', heard);
        source.addEventListener('tick', heard);
        source.addEventListener('cards', (event) => {
            heard();
            const said = JSON.parse(event.data);
            told.cards(Array.isArray(said) ? said : said.cards, said);
        });
        source.addEventListener('expired', async () => {
            close();
            told.expired(await session().catch(() => null));
        });
        source.addEventListener('error', lost);
        clearTimeout(silence);
        silence = setTimeout(lost, SILENCE_MS);
    }

    async function lost() {
        source?.close();
        clearTimeout(silence);
        clearTimeout(pause);
        if (closed) {
            return;
        }
        failures += 1;
        // Spread out, so that a restarted server does not meet all its readers in the same instant.
        const wait = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
        pause = setTimeout(open, wait);
        told.state(failures === 1 ? 'connecting' : 'offline', {since: lastWord, retryAt: Date.now() + wait});
        const signedIn = await session().catch(() => 'unknown');
        if (signedIn === null && !closed) {
            close();
            told.expired(null);
        }
    }

    function close() {
        closed = true;
        clearTimeout(silence);
        clearTimeout(pause);
        source?.close();
    }

    // A phone that wakes up has heard nothing for long and should not wait for a timer to know.
    function woken() {
        if (!document.hidden && Date.now() - lastWord > SILENCE_MS) {
            retry();
        }
    }

    function retry() {
        if (!closed) {
            told.state('connecting', {since: lastWord});
            open();
        }
    }

    document.addEventListener('visibilitychange', woken);
    addEventListener('online', retry);
    open();
    return {
        retry,
        close() {
            document.removeEventListener('visibilitychange', woken);
            removeEventListener('online', retry);
            close();
        },
    };
}
