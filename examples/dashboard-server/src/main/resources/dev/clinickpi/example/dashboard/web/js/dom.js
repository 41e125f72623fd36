/**
 * Makes an element: h('button.quiet', {type: 'button', onclick: f}, 'text', child). Attributes that are null or false are left out; text is never
 * read as HTML, so nothing that the server says can become markup.
 */
export function h(name, attributes = {}, ...children) {
    const [tag, ...classes] = name.split('.');
    const element = document.createElement(tag);
    if (classes.length > 0) {
        element.className = classes.join(' ');
    }
    for (const [key, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (key.startsWith('on')) {
            element.addEventListener(key.slice(2), value);
        } else {
            element.setAttribute(key, value === true ? '' : String(value));
        }
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** The shapes that go with every status, so that none is told by its colour alone. */
const SHAPES = {
    met: 'M3 8.5l3.2 3.2L13 4.8',
    missed: 'M4 4l8 8M12 4l-8 8',
    up: 'M8 13V3M3.5 7.5L8 3l4.5 4.5',
    down: 'M8 3v10M3.5 8.5L8 13l4.5-4.5',
    level: 'M3 8h10',
    info: 'M8 7.2V12M8 4.2v.2',
    lock: 'M4.5 7.5h7v5.5h-7zM5.8 7.5V5.4a2.2 2.2 0 0 1 4.4 0v2.1',
    few: 'M5.5 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM2 13c.3-2.6 1.6-4 3.5-4S8.7 10.4 9 13M11 4.5h3M12.5 3v3',
    clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.3l2 1.4',
    warn: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5.2v3.3M8 10.7v.1',
    sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
    moon: 'M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6z',
    screen: 'M2.5 3.5h11v7h-11zM6 13h4',
    key: 'M10.5 2.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8.3 7.7L3 13M4.8 11.2l1.4 1.4',
    table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 3.5v9',
    off: 'M3 3l10 10M4.7 7.3a5 5 0 0 1 1.5-.9M8 5.7c1.3 0 2.5.5 3.4 1.4M6.3 9.6a2.5 2.5 0 0 1 1.7-.6M8 12.2v.1',
};

/** A line drawing of 16 by 16 in the colour of the text around it, silent to screen readers: the words beside it say the same. */
export function icon(shape) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 16 16');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('focusable', 'false');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', SHAPES[shape]);
    svg.append(path);
    return svg;
}

/** A choice of a few, side by side: native radio buttons, so that arrow keys and screen readers know what to do. */
export function choice({legend, name, options, value, onchange}) {
    return h('fieldset.choice', {}, h('legend.unseen', {}, legend), options.map(([id, label]) => {
        const input = h('input', {type: 'radio', name, value: id, checked: id === value, onchange: () => onchange(id)});
        return h('label', {}, input, h('span', {}, label));
    }));
}

let announcement = 0;

/** Tells screen readers what a reader's own step has led to, and what they must know; never the ticking of figures. */
export function announce(text) {
    const region = document.getElementById('announcer');
    // The same sentence twice would be told once: regions speak up when they change.
    announcement += 1;
    region.textContent = announcement % 2 === 0 ? text : text + '\u00a0';
}
