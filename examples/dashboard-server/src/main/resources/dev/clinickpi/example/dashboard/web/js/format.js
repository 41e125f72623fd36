const MINUS = '\u2212';

/**
 * Writes figures and dates as the clinic's country does, whatever the reader's language: a Spanish clinic's owner who reads English still reads
 * 1.234,5 as on the clinic's invoices. Words in dates are in the reader's language.
 */
export function formats({locale, zone, currency, language}) {
    const numbers = new Map();
    const number = (value, options) => {
        const key = JSON.stringify(options);
        if (!numbers.has(key)) {
            numbers.set(key, new Intl.NumberFormat(locale, options));
        }
        return numbers.get(key).format(value).replace('-', MINUS);
    };
    const region = locale.split('-').slice(1).find((part) => part.length === 2) ?? '';
    const dates = new Map();
    const date = (instant, options, timeZone = zone) => {
        const key = timeZone + JSON.stringify(options);
        if (!dates.has(key)) {
            dates.set(key, new Intl.DateTimeFormat(region ? `${language}-${region}` : language, {timeZone, ...options}));
        }
        return dates.get(key).format(instant instanceof Date ? instant : new Date(instant));
    };
    // A local date has no zone: read as UTC and written as UTC, it stays what it is.
    const day = (text, options = {day: 'numeric', month: 'short', year: 'numeric'}) => date(`${text}T00:00:00Z`, options, 'UTC');

    const isMoney = (unit) => /^[A-Z]{3}$/.test(unit ?? '');

    function value(amount, unit) {
        if (unit === 'ratio') {
            return number(amount, {style: 'percent', maximumFractionDigits: 1});
        }
        if (unit === 'ms') {
            return duration(amount);
        }
        if (unit === 'score') {
            return number(amount, {minimumFractionDigits: 2, maximumFractionDigits: 2});
        }
        if (isMoney(unit)) {
            const digits = Math.abs(amount) >= 1000 ? 0 : 2;
            return number(amount, {style: 'currency', currency: unit, minimumFractionDigits: digits, maximumFractionDigits: digits});
        }
        return number(amount, {maximumFractionDigits: 1});
    }

    function duration(ms) {
        if (Math.abs(ms) < 1000) {
            return `${number(ms, {maximumFractionDigits: 0})}\u00a0ms`;
        }
        if (Math.abs(ms) < 60_000) {
            return `${number(ms / 1000, {maximumFractionDigits: 2})}\u00a0s`;
        }
        return Math.abs(ms) < 3_600_000
            ? `${number(ms / 60_000, {maximumFractionDigits: 1})}\u00a0min`
            : `${number(ms / 3_600_000, {maximumFractionDigits: 1})}\u00a0h`;
    }

    /** A difference with its sign; that of two percentages in percentage points, which are no percentages. */
    function difference(amount, unit, points) {
        const sign = amount > 0 ? '+' : '';
        if (unit === 'ratio') {
            return `${sign}${number(amount * 100, {maximumFractionDigits: 1})}\u00a0${points}`;
        }
        return sign + value(amount, unit);
    }

    return {
        value,
        difference,
        day,
        percent: (share) => number(share, {style: 'percent', maximumFractionDigits: 1}),
        roundPercent: (share) => number(share, {style: 'percent', maximumFractionDigits: 0}),
        relative: (share) => (share > 0 ? '+' : '') + number(share, {style: 'percent', maximumFractionDigits: 0}),
        count: (amount) => number(amount, {maximumFractionDigits: 0}),
        plain: (amount) => number(amount, {maximumFractionDigits: 2}),
        compact: (amount, unit) => isMoney(unit)
            ? number(amount, {style: 'currency', currency: unit, notation: 'compact', maximumFractionDigits: 1})
            : unit === 'ratio' || unit === 'ms' || unit === 'score' ? axis(amount, unit) : number(amount, {notation: 'compact', maximumFractionDigits: 1}),
        money: (amount) => value(amount, currency),
        time: (instant) => date(instant, {hour: '2-digit', minute: '2-digit'}),
        clock: (instant) => date(instant, {hour: '2-digit', minute: '2-digit', second: '2-digit'}),
        moment: (instant) => date(instant, {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit'}),
        step: (instant, grain) => date(instant, grain === 'hour'
            ? {hour: '2-digit', minute: '2-digit'}
            : grain === 'month' ? {month: 'short', year: '2-digit'} : grain === 'year' ? {year: 'numeric'} : {day: 'numeric', month: 'short'}),
        /** The same without the year, where the dates asked for are in sight. */
        shortRange: (from, to) => {
            const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
            const short = {day: 'numeric', month: 'short'};
            return from === last ? day(from, short) : `${day(from, short)} \u2013 ${day(last, short)}`;
        },
        /** Half-open dates as people say them: the last day is one of them. */
        range: (from, to) => {
            const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
            const sameYear = from.slice(0, 4) === last.slice(0, 4);
            return from === last
                ? day(from)
                : `${day(from, sameYear ? {day: 'numeric', month: 'short'} : undefined)} \u2013 ${day(last)}`;
        },
    };

    function axis(amount, unit) {
        return unit === 'ratio' ? number(amount, {style: 'percent', maximumFractionDigits: 0})
            : unit === 'ms' ? duration(amount) : number(amount, {maximumFractionDigits: 1});
    }
}
