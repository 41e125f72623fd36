const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');

/** The reader's choice: light, dark, or system where there is none. */
export function theme() {
    return root.dataset.theme ?? 'system';
}

export function setTheme(choice) {
    if (choice === 'system') {
        delete root.dataset.theme;
    } else {
        root.dataset.theme = choice;
    }
    try {
        if (choice === 'system') {
            localStorage.removeItem('theme');
        } else {
            localStorage.setItem('theme', choice);
        }
    } catch (refused) {
        // Without storage the choice lasts as long as the page.
    }
    changed();
}

/** Canvases do not follow the style sheet by themselves: whoever draws one draws it anew on this. */
export function onThemeChange(listener) {
    document.addEventListener('theme', listener);
    return () => document.removeEventListener('theme', listener);
}

function changed() {
    document.dispatchEvent(new CustomEvent('theme'));
}

dark.addEventListener('change', changed);

// Paper is light: canvases are drawn as such before they are printed.
let before = null;
addEventListener('beforeprint', () => {
    before = root.dataset.theme ?? null;
    root.dataset.theme = 'light';
    changed();
});
addEventListener('afterprint', () => {
    if (before === null) {
        delete root.dataset.theme;
    } else {
        root.dataset.theme = before;
    }
    changed();
});
