import { foldText } from '../foldText';

/**
 * Words around a name, folded. Titles: forms of address of the seven languages of the forms, academic grades, and the ranks
 * and offices of English-speaking countries that are written before a name. Words that are as often first names (Earl, Dean,
 * Major, Don, Prince) are left out on purpose.
 */
const titles = new Set((
	'mr mrs ms miss mx mister missus sir dame lord lady madam madame ma\'am dr doctor prof professor rev reverend fr father sr sister br brother rabbi imam pastor bishop archbishop cardinal pope '
	+ 'hon honorable honourable excellency majesty highness his her rt right venerable '
	+ 'king queen president senator sen congressman congresswoman representative governor gov secretary minister ambassador chancellor mayor councillor judge justice magistrate attorney '
	+ 'gen general lt lieutenant col colonel cpt capt captain cmdr commander cpl corporal sgt sergeant maj adm admiral pvt private ens coach '
	+ 'herr herrn frau frl fräulein fraulein hr fr dipl ing mag univ habil med phil jur nat rer h c '
	+ 'm mm mme mmes mlle mlles monsieur madame mademoiselle me maître maitre '
	+ 'sr sra srta sres senor senora senorita señor señora señorita don dona doña ing lic arq abg '
	+ 'sig sigra signor signora signorina dott dottssa dottoressa dottore avv rag geom egr gentma '
	+ 'dhr mevr mw meneer mevrouw drs ir mr ds '
	+ 'senhor senhora exmo exma eng dra mag fru herra hra rouva pan pani pani mgr bc judr mudr'
).split(' ').map(foldWord));

/** These are also names, initials or family names: a title only with a full stop, or where another title stands beside them. */
const doubtfulTitles = new Set(['m', 'me', 'fr', 'hr', 'mag', 'ing', 'don', 'dona', 'sig', 'dipl', 'med', 'phil', 'nat', 'h', 'c', 'ir', 'ds', 'pan', 'pani', 'lic', 'eng', 'his', 'her', 'right', 'private', 'br', 'sen', 'ens', 'general', 'father', 'brother', 'sister', 'rag', 'bc', 'mm', 'jur', 'rer', 'us', 'univ', 'habil']);

/** Titles that go with a first name: `Sir Gerald` is Gerald, `Rev Andrews` is a family name. */
export const firstNameTitles = new Set(['sir', 'dame', 'king', 'queen', 'brother', 'sister', 'father', 'pope', 'don', 'dona', 'br', 'imam']);

/** Generations, grades, orders and professions written behind a name (English usage, and the grades of the Bologna system). */
const suffixes = new Set((
	'jr jnr junior sr snr senior ii iii iv vi vii viii '
	+ 'phd dphil md do dds dmd dvm jd llb llm lld mba ma msc bsc ba meng beng mphil mfa mpa mph med ed edd dba psyd pharmd rn np pa esq esquire '
	+ 'cpa cfa cfp clu chfc lutc pmp cissp ccna cma cia aca acca fca cima pe frcs mrcs frs mp mep qc kc sc tc bt '
	+ 'cbe obe mbe kbe dbe gbe om ch lvo cvo vc dso rnr ret usa usn usmc usaf'
).split(' '));
/** These are also family names or first names: a suffix only in capitals with or without points, or behind another one. */
const doubtfulSuffixes = new Set(['do', 'ma', 'ba', 'ed', 'med', 'pe', 'om', 'ch', 'bt', 'sc', 'tc', 'pa', 'np', 'usa', 'ret', 'rn', 'cia', 'vc', 'senior', 'junior', 'sr', 'mp', 'md', 'me', 'vi']);

/** Words that begin a family name, folded; those in the second list only where they are written small. */
const particles = new Set('van von vom zu zum zur der den de del dela della delle dello degli dei di da das do dos du des la le las los ter ten te op t af av st saint santa santo san zur uit het'.split(' '));
const smallParticles = new Set('bin ibn bint binti al el abu ben mac mc dal dalla lo li vande vander vanden ap ab'.split(' '));
/** Particles that stay small when a shouted name gets its case back. */
const keptSmall = new Set('van von vom zu zum zur der den de del dela della delle dello degli dei di da das do dos du des la le las los ter ten te op af av y e i bin ibn bint al el'.split(' '));

/** Letters of a word, folded: `Ph.D.` gives `phd`. */
export function foldWord(word: string): string {
	return foldText(word).replaceAll(' ', '');
}

/** Whether a word before a name is a title; `next` is the word behind it, and `isLast` whether only one name would be left. */
export function isTitle(word: string, next: string | undefined): boolean {
	const folded = foldWord(word);
	if (folded === '') return false;
	// "Lt.Gen.", "Mag-Judge"
	const parts = word.split(/[.-]/).map(foldWord).filter(Boolean);
	if (parts.length > 1 && parts.every((part) => titles.has(part))) return true;
	if (folded === 'the' || folded === 'us') return next !== undefined && isTitle(next, undefined) && !doubtfulTitles.has(foldWord(next));
	if (!titles.has(folded)) return false;
	if (!doubtfulTitles.has(folded)) return true;
	return (word.endsWith('.') && folded.length > 1) || (next !== undefined && titles.has(foldWord(next)) && !doubtfulTitles.has(foldWord(next)));
}

/** Whether a word behind a name is no part of it; `left` is how many words stand before it. */
export function isSuffix(word: string, left: number, before = ''): boolean {
	const folded = foldWord(word);
	if (folded === '') return false;
	// one letter is a numeral only behind a whole name, and an initial with a full stop
	if (/^[iv]$/i.test(word)) return left >= 2 && !isInitial(before);
	if (suffixes.has(folded)) {
		if (!doubtfulSuffixes.has(folded)) return true;
		return /^\p{Lu}[\p{Lu}.]+$/u.test(word) || /^(?:jr|sr|snr|jnr|junior|senior)\.?$/i.test(word);
	}
	// "Msc.Ed."
	const parts = word.split('.').map(foldWord).filter(Boolean);
	return parts.length > 1 && parts.every((part) => part.length > 1 && suffixes.has(part));
}

export function isInitial(word: string): boolean {
	return /^\p{L}\.?$/u.test(word);
}

/** Whether a word inside a name begins a family name. */
export function isParticle(word: string): boolean {
	const folded = foldWord(word);
	if (particles.has(folded)) return true;
	// "Ben" is a name, "ben" is a son
	return smallParticles.has(folded) && (word === word.toLowerCase() || /^mac$/i.test(word));
}

/** Whether a particle keeps its small letter in a name that gets its case back. */
export function isKeptSmall(word: string): boolean {
	return keptSmall.has(word);
}
