// Makes the word lists of the name detector. Run it like this:
//
//   npm install @faker-js/faker@10.6.0 gender-detection-from-name@1.11.5 \
//               @cspell/dict-people-names@1.1.16 @zxcvbn-ts/language-es-es@4.1.2
//   node lexicon.mjs node_modules <kpi-privacy>/src/main/resources/dev/clinickpi/privacy/scrub
//
// The same packages give the same files, byte by byte. Their licences stand in META-INF/THIRD-PARTY-NOTICES.txt of the jar.
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [packages, target] = process.argv.slice(2).map(p => path.resolve(p));
const require = createRequire(import.meta.url);
const {allLocales} = await import(pathToFileURL(path.join(packages, '@faker-js/faker/dist/index.js')));

// Between the parts of a name; they tell nothing of whether a word is one.
const PARTICLES = new Set('de del la las los el y i e da do dos das di san santa von van der le'.split(' '));
// Behind these come words that one film in thousands has.
const COMMON_WORDS = 20000;

const json = file => JSON.parse(fs.readFileSync(path.join(packages, file), 'utf8'));

// As NameTokens folds: lower case, no accents.
const fold = word => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

function flatten(value) {
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) return value.flatMap(flatten);
    if (value && typeof value === 'object') return 'value' in value ? flatten(value.value) : Object.values(value).flatMap(flatten);
    return [];
}

function spanishGivenNames() {
    const module = {exports: {}};
    const source = fs.readFileSync(path.join(packages, 'gender-detection-from-name/names/es.js'), 'utf8');
    new Function('module', 'exports', 'require', source)(module, module.exports, require);
    const names = module.exports instanceof Map ? module.exports : Object.values(module.exports)[0];
    // Men's come first there, then women's, each in order of frequency.
    const of = gender => [...names].filter(entry => entry[1] === gender).map(entry => entry[0]);
    const [men, women, others] = [of('male'), of('female'), [...names.keys()]];
    return [...men.flatMap((man, i) => i < women.length ? [man, women[i]] : [man]), ...others];
}

// Words in the order in which they come, each once; short ones and particles left out.
function words(lists) {
    const seen = new Set();
    for (const entry of lists.flat()) {
        for (const word of fold(entry).split(/[^\p{L}]+/u)) {
            if (word.length > 2 && !PARTICLES.has(word)) seen.add(word);
        }
    }
    return [...seen];
}

function write(name, list) {
    fs.writeFileSync(path.join(target, name), list.join('\n') + '\n');
    console.log(`${name}: ${list.length}`);
}

const person = ['es', 'es_MX'].map(locale => allLocales[locale].person);
const zxcvbn = '@zxcvbn-ts/language-es-es/src/';
const given = words([spanishGivenNames(), json(zxcvbn + 'firstnames.json'), ...person.map(p => flatten(p.first_name))]);
const surnames = words([json(zxcvbn + 'lastnames.json'), ...person.map(p => flatten(p.last_name))]);
const known = new Set([...given, ...surnames]);
const people = fs.readFileSync(path.join(packages, '@cspell/dict-people-names/dict/people-names.txt'), 'utf8')
    .split('\n').filter(line => line && !line.startsWith('#'));

// Films are full of names: one that is no word beside is no common word. Surnames of the whole world have nearly every short word.
const both = new Set(fs.readFileSync(new URL('words-that-are-names.txt', import.meta.url), 'utf8')
    .split('\n').filter(line => !line.startsWith('#')).flatMap(line => line.split(' ')));
const heard = [...new Set(json(zxcvbn + 'commonWords.json').map(fold).filter(word => /^\p{L}+$/u.test(word)))].slice(0, COMMON_WORDS);
const common = heard.filter(word => both.has(word) || !known.has(word));
const heardOf = new Set(common);

write('given-names.txt', given);
write('surnames.txt', surnames);
write('names-of-the-world.txt', words([people]).filter(word => !known.has(word) && !heardOf.has(word)).sort());
write('common-words.txt', common);
