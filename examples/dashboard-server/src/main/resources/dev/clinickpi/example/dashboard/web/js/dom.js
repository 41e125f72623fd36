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
    few: 'M5.5 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM2 13c.3-2.6 1.6-4 3.5-4S8.700 10.4 9 13M11 4.500h3M12.500 3v3',
    clock: 'M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM8 5v3.300l2 1.400',
    sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.500v1.300M8 13.200v1.300M1.500 8h1.300M13.200 8h1.300M3.400 3.400l.9.9M11.700 11.700l.9.9M12.600 3.400l-.9.9M4.300 11.700l-.9.9',
    moon: 'M13 9.600A5.500 5.500 0 0 1 6.400 3a5.500 5.500 0 1 0 6.600 6.600z',
    screen: 'M2.500 3.500h11v7h-11zM6 13h4',
    key: 'M10.500 2.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8.300 7.700L3 13M4.800 11.200l1.400 1.400',
    table: 'M2.500 3.500h11v9h-11zM2.500 6.500h11M6.500 3.500v9',
    off: 'M3 3l10 10M4.700 7.300a5 5 0 0 1 1.500-.9M8 5.700c1.300 0 2.500.5 3.400 1.400M6.300 9.600a2.500 2.500 0 0 1 1.700-.6M8 12.200v.1',
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
