/** The spans that are one click away. */
export const SPANS = [7, 30, 90];
export const STANDARD = {days: '30'};

/** The period that an address names; the standard one if it names none that can be asked for. */
export function periodOf(query) {
    const from = query.get('from');
    const to = query.get('to');
    if (isDate(from) && isDate(to) && from < to) {
        return {from, to};
    }
    return SPANS.includes(Number(query.get('days'))) ? {days: query.get('days')} : STANDARD;
}

function isDate(text) {
    return /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** The twelve months that end with this one. */
export function lastYear(today) {
    const [year, month] = today.split('-').map(Number);
    return {from: new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10), to: addDays(today, 1)};
}

/** How many days a period has. */
export function daysOf(period) {
    return period.days
        ? Number(period.days)
        : Math.round((Date.parse(`${period.to}T00:00:00Z`) - Date.parse(`${period.from}T00:00:00Z`)) / 86_400_000);
}

export function addDays(date, days) {
    return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The grains that make a readable series of so many days, the best first. */
export function grainsFor(days) {
    if (days <= 2) {
        return ['hour', 'day'];
    }
    if (days <= 31) {
        return days <= 8 ? ['day', 'hour'] : ['day', 'week'];
    }
    return days <= 200 ? ['week', 'day', 'month'] : ['month', 'week'];
}
