/** Only the words of the reader's language are fetched. */
const LANGUAGES = {en: () => import('./words-en.js'), es: () => import('./words-es.js')};
let words = {};
let current = 'es';
let chosen = null;

/** The languages that the page speaks. */
export const languages = Object.keys(LANGUAGES);

/** The language that the page speaks now. */
export function language() {
    return current;
}

export async function setLanguage(lang) {
    const known = LANGUAGES[lang] ? lang : 'en';
    words = (await LANGUAGES[known]()).default;
    current = known;
    document.documentElement.lang = current;
}

/** The reader's choice; before there is one, the clinic's language; before there is a clinic, the browser's. */
export function preferredLanguage(clinicLocale) {
    const wanted = chosen ?? stored() ?? (clinicLocale ?? navigator.language).split('-')[0];
    return LANGUAGES[wanted] ? wanted : 'en';
}

/** Keeps a choice; setLanguage speaks it. */
export function choose(lang) {
    try {
        localStorage.setItem('language', lang);
    } catch (refused) {
        // Without storage the choice lasts as long as the page.
    }
    chosen = lang;
}

function stored() {
    try {
        const kept = localStorage.getItem('language');
        return LANGUAGES[kept] ? kept : null;
    } catch (refused) {
        return null;
    }
}

/** The words under a name such as 'cards.title'; those with blanks are functions of them. */
export function t(name, ...blanks) {
    const found = name.split('.').reduce((words, part) => words?.[part], words);
    if (found === undefined) {
        throw new Error(`No words for ${name} in ${current}`);
    }
    return typeof found === 'function' ? found(...blanks) : found;
}

/** The same, or null where the words are for some names only. */
export function maybe(name) {
    const found = name.split('.').reduce((words, part) => words?.[part], words);
    return found === undefined ? null : found;
}
