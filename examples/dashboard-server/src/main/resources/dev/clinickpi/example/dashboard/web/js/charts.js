import {h} from './dom.js';
import {onThemeChange} from './theme.js';

let library = null;

/** The chart library, fetched once when the first chart is wanted: the cards do not wait for it. */
function echarts() {
    library ??= new Promise((resolve, reject) => {
        const script = h('script', {src: '/vendor/echarts.min.js?v=5.5.0'});
        script.addEventListener('load', () => resolve(window.echarts));
        script.addEventListener('error', () => {
            library = null;
            script.remove();
            reject(new Error('The chart library did not load'));
        });
        document.head.append(script);
    });
    return library;
}

/** The colours of the style sheet, as they are now. */
export function palette() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
        ink: colour('ink'),
        muted: colour('muted'),
        line: colour('line'),
        strong: colour('line-strong'),
        surface: colour('surface'),
        accent: colour('accent'),
        accentSoft: colour('accent-soft'),
        before: colour('before'),
        good: colour('good'),
        goodSoft: colour('good-soft'),
        bad: colour('bad'),
        sector: colour('sector'),
        heat: [0, 1, 2, 3, 4, 5].map((step) => colour(`heat-${step}`)),
    };
}

const FONT = getComputedStyle(document.documentElement).getPropertyValue('--font').trim();
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * A canvas in a host element that follows its width and the theme.
 *
 * @param options (spec, colours, width) → what ECharts draws
 */
export function canvas(options) {
    let host = null;
    let chart = null;
    let spec = null;
    let width = 0;

    const watcher = new ResizeObserver(() => {
        if (chart && host.clientWidth > 0 && host.clientWidth !== width) {
            chart.resize();
            paint(false);
        }
    });
    const forget = onThemeChange(() => chart && paint(false));

    function paint(isNew) {
        width = host.clientWidth;
        chart.setOption({
            // Only new figures move: a picture that is fitted to another width or theme is there at once.
            animation: isNew && !STILL.matches,
            animationDuration: 240,
            animationDurationUpdate: 240,
            textStyle: {fontFamily: FONT},
            ...options(spec, palette(), width),
        }, {notMerge: true});
        host.dataset.drawn = spec.heading.id;
    }

    async function draw(newSpec, body) {
        spec = newSpec;
        const made = await echarts();
        if (!chart || host.parentNode !== body) {
            chart?.dispose();
            host = h('div.canvas', {});
            body.replaceChildren(host);
            chart = made.init(host, null, {renderer: 'canvas'});
            watcher.disconnect();
            watcher.observe(host);
        }
        if (host.clientWidth > 0) {
            chart.resize();
            paint(true);
        }
    }

    return {
        draw,
        resize: () => chart && host.clientWidth > 0 && (chart.resize(), paint(false)),
        clear: () => {
            watcher.disconnect();
            chart?.dispose();
            chart = null;
        },
        close: () => {
            forget();
            watcher.disconnect();
            chart?.dispose();
            chart = null;
        },
    };
}

/** A tooltip made of nodes with classes: the policy of the page allows no style inside markup. */
export function tooltip(formatter, trigger, colours) {
    return {
        trigger,
        className: 'chart-tip',
        transitionDuration: 0,
        confine: true,
        padding: 0,
        borderWidth: 0,
        backgroundColor: 'transparent',
        extraCssText: 'box-shadow:none',
        axisPointer: {type: 'line', lineStyle: {color: colours.strong, type: 'solid', width: 1}},
        formatter: (points) => formatter(Array.isArray(points) ? points[0] : points),
    };
}

export function tip(title, ...lines) {
    return h('div.tip', {}, h('p.strong', {}, title), lines.filter(Boolean).map((line) => h('p', {}, line)));
}

/** Axes as quiet as they can be. */
export function categoryAxis(colours, data, more = {}) {
    return {
        type: 'category',
        data,
        axisLine: {lineStyle: {color: colours.strong}},
        axisTick: {show: false},
        axisLabel: {color: colours.muted, fontSize: 12, hideOverlap: true, ...more.axisLabel},
        ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'axisLabel')),
    };
}

export function valueAxis(colours, write, more = {}) {
    return {
        type: 'value',
        splitNumber: 4,
        axisLine: {show: false},
        axisTick: {show: false},
        axisLabel: {color: colours.muted, fontSize: 12, formatter: write},
        splitLine: {lineStyle: {color: colours.line}},
        ...more,
    };
}
