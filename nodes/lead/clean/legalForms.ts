import { foldLetters } from '../foldText';

/**
 * Legal forms of firms as they are written beside names, by country or region: abbreviations and full words.
 * Written for this project from the forms' own statutes and from the public code list of ISO 20275, Entity Legal Forms
 * (kept by the Global Legal Entity Identifier Foundation), read 2026-11. Spaces, points and strokes do not matter, `&` neither.
 */
const formsByCountry: Record<string, string> = {
	'English law': 'ltd|limited|ltd company|limited company|plc|public limited company|public company|private limited company|public limited|co ltd|company ltd|company limited|llp|limited liability partnership|lp|limited partnership|cic|community interest company|cio|rtm company ltd|unltd|unlimited company|dac|designated activity company|clg|company limited by guarantee|uc|teo|teoranta|cpt|cyf|cyfyngedig|ccc',
	'United States': 'inc|incorporated|corp|corporation|co|company|co inc|company inc|co corp|llc|limited liability company|limited liability co|ltd liability co|lc|pllc|pc|pa|professional corporation|professional association|lllp|llp|lp|gp|general partnership|trust|na|national association|chartered|chtd|pbc|l3c|nfp|ltee|limitee|enr|ulc|unlimited liability corporation|incorp|incorporacion|incorporado|lmtd|limted|limitd|llc co|limited liability corporation|limited liability corp|limited liab co|joint stock company|joint stock co|jt stock co|jsc|open joint stock company|open joint stock co|closed joint stock company|closed joint stock co|public joint stock company|public joint stock co|private joint stock company|open jsc|closed jsc|public jsc|public ltd co|public ltd company|pub ltd co|pub ltd|pub limited|publicly limited company|public ltd corporation|limited by shares|company limited by shares|unlimited proprietary|sole proprietorship|limited partnership company',
	'Germany, Austria, Switzerland': 'gmbh|ges mbh|gesmbh|mbh|ggmbh|gesellschaft mbh|gesellschaft mit beschrankter haftung|gemeinnutzige gmbh|gmbh in grundung|gmbh ig|ag|aktiengesellschaft|kg|kommanditgesellschaft|kgaa|kommanditgesellschaft auf aktien|ohg|offene handelsgesellschaft|ug|ug haftungsbeschrankt|haftungsbeschrankt|unternehmergesellschaft haftungsbeschrankt|unternehmergesellschaft|gmbh co kg|gmbh co|gmbh co kgaa|gmbh co ohg|ag co kg|ag co kgaa|ag co ohg|se co kg|se co kgaa|ug haftungsbeschrankt co kg|ug co kg|limited co kg|ltd co kg|co kg|co ohg|mbh co kg|gesellschaft mbh co kg|stiftung co kg|cie kg|ek|ekfm|ekfr|eingetragener kaufmann|eingetragene kauffrau|ev|eingetragener verein|eg|eingetragene genossenschaft|genossenschaft|gbr|gesellschaft burgerlichen rechts|partg|partgmbb|partg mbb|partnerschaft mbb|partnerschaftsgesellschaft|vvag|kdor|ador|eu|og|keg|oeg|klg|kollektivgesellschaft|gnbh|ewiv|eeig|gag|gug|gug haftungsbeschrankt|part mbb|mbb|stiftung co kg|stiftung co kgaa|stiftung co|aor|anstalt des offentlichen rechts|ges burgerlichen rechts|ges mit beschr haftung|ges m b haftung|mit beschrankter haftung|europaische gesellschaft|europaische genossenschaft|versicherungsverein auf gegenseitigkeit|vvag|ag in grundung|egen|ekd|se|societas europaea|sce|inh',
	'France, Belgium, Luxembourg, Switzerland': 'sa|societe anonyme|sas|sasu|societe par actions simplifiee|societe par actions simplifiee unipersonnelle|societe par actions|soc a resp limitee|soc anonyme|sarl|sarlu|sarls|societe a responsabilite limitee|eurl|sci|societe civile immobiliere|snc|societe en nom collectif|scs|sca|societe en commandite par actions|scop|scp|scrl|scic|selarl|selas|selafa|sicav|gie|ei|eirl|sprl|sprlu|srl|sc|asbl|aisbl|cie|et cie|et fils|sagl|sem|earl|gaec',
	'Netherlands, Flanders': 'bv|besloten vennootschap|nv|naamloze vennootschap|vof|vennootschap onder firma|cv|commanditaire vennootschap|commv|comm v|bvba|ebvba|cvba|cvoa|vzw|ivzw|ua|ba|bv io|maatschap|eenmanszaak|stichting|vereniging|cooperatie ua|cooperatie|gcv',
	'Spain, Latin America': 'sl|slu|sll|slp|slne|sociedad limitada|sociedad limitada unipersonal|sociedad de responsabilidad limitada|sa|sau|sad|sociedad anonima|sociedad anonima unipersonal|scoop|s coop|scl|sociedad cooperativa|sc|sociedad civil|cb|comunidad de bienes|sa de cv|sab de cv|sab|sapi de cv|sapi|sociedad anonima de capital variable|s de rl|s de rl de cv|s en c|s en c por a|c por a|sociedad en comandita|sociedad en comandita por acciones|sociedad colectiva|sociedad del estado|soc anon|soc anon de cap var|soc resp limitada|soc ltda|srl|srl de cv|sofom|ac|saic|sacif|sacifia|sacif y a|saci|saa|sac|saicf|sas|spa|sociedad por acciones|eirl|ltda|limitada|ltda cia|cia ltda|y cia|y cia ltda|e hijos|cia|compania|sca|scs|scrl|sociedad anonima cerrada|ca|compania anonima|sea|sociedad anonima abierta',
	'Portugal, Brazil': 'lda|limitada|ltda|ltda me|ltda epp|eireli|eireli me|me|epp|mei|unipessoal|unipessoal lda|sociedade unipessoal lda|sociedade unipessoal|sgps|sgps sa|sociedade anonima|sociedade limitada|cia|e cia|ss|slu|sa',
	Italy: 'spa|societa per azioni|srl|srls|srlu|srl unipersonale|societa a responsabilita limitata|societa a responsabilita limitata semplificata|snc|societa in nome collettivo|sas|societa in accomandita semplice|sapa|scarl|scrl|soc coop|soc coop arl|societa cooperativa|scpa|ss|onlus|ets|aps asd|asd|ssd|sb|di',
	'Nordic countries': 'ab|aktiebolag|ab publ|aktiebolag publ|publ|hb|handelsbolag|kb|kommanditbolag|ef|ekonomisk forening|ek for|as|aksjeselskap|aktieselskab|asa|allmennaksjeselskap|ans|da|enk|nuf|ks|sa|ba|bl|aps|anpartsselskab|is|ivs|iværksætterselskab|ivaerksaetterselskab|ps|amba|fmba|smba|fmba|gs|oy|oyj|osakeyhtio|julkinen osakeyhtio|oy ab|ab oy|ky|kommandiittiyhtio|ay|avoin yhtio|tmi|rf|ry|osk|osuuskunta|hf|ehf|ohf|slhf|ses|sf|p f|pf|spf|partnerselskab|partsrederi|einkahlutafelag|hlutafelag|rekisteroity yhdistys|enskild firma|kommanditselskab|interessentskab',
	'Baltic countries': 'uab|uždaroji akcine bendrove|uzdaroji akcine bendrove|akcine bendrove|mb|mazoji bendrija|ij|vsi|tub|sia|sabiedriba ar ierobezotu atbildibu|as|akciju sabiedriba|ik|ps|ou|osauhing|aktsiaselts|fie|tu|uu|mtu',
	'Poland, Czechia, Slovakia, Hungary': 'sp z oo|sp zoo|spzoo|spolka z oo|spolka z ograniczona odpowiedzialnoscia|sp z oo sp k|sp z oo sp j|sp z oo sk|sp z oo ska|sa|spolka akcyjna|psa|prosta spolka akcyjna|sp j|spolka jawna|sp k|spolka komandytowa|ska|sp p|sc|spolka cywilna|sro|spol sro|spolecnost s rucenim omezenym|spolocnost s rucenim obmedzenym|as|akciova spolecnost|akciova spolocnost|vos|ks|komanditni spolecnost|druzstvo|ops|zu|sp|kft|korlatolt felelossegu tarsasag|zrt|zartkoruen mukodo reszvenytarsasag|nyrt|rt|reszvenytarsasag|bt|beteti tarsasag|kkt|ec|kht|nonprofit kft|szovetkezet',
	'South-eastern Europe': 'doo|dd|ad|doel|dooel|jdoo|drustvo s ogranicenom odgovornoscu|drustvo sa ogranicenom odgovornoscu|druzba z omejeno odgovornostjo|dionicko drustvo|delniska druzba|akcionarsko drustvo|obrt|sp|kd|dno|jtd|zoo|ood|eood|ead|ad|et|dzzd|kda|sd|srl d|sc srl|sc sa|srl|sa|snc|scs|pfa|ii|if|societate cu raspundere limitata|societate pe actiuni|shpk|sha|shoqeri me pergjegjesi te kufizuar|shoqeri aksionare|ae|epe|ike|oe|ee|αε|α ε|επε|ικε|οε|εε|μον επε|μονοπροσωπη ικε|μονοπροσωπη|ανωνυμη εταιρεια|аd|оод|еоод|ад|еад|ет|доо|дооел|друштво са ограниченом одговорношћу|акционерно дружество|дружество с ограничена отговорност',
	'Russia, Ukraine, Belarus, Kazakhstan': 'ооо|общество с ограниченной ответственностью|оао|открытое акционерное общество|зао|закрытое акционерное общество|пао|публичное акционерное общество|ао|акционерное общество|ип|индивидуальный предприниматель|гуп|муп|фгуп|нко|ано|одо|тов|товариство з обмеженою відповідальністю|пат|прат|ат|тзов|фоп|пп|приватне підприємство|тоо|товарищество с ограниченной ответственностью|чп|чуп|уп|кх|осоо|ooo|oao|zao|pao|ojsc|oisc|cjsc|pjsc|jsc|tov|too|ao|llp|gup',
	'Turkey, Middle East': 'as|anonim sirketi|anonim sirket|anonim ortakligi|ltd sti|limited sirketi|limited sirket|komandit sirket|komandit sirketi|kolektif sirket|kolektif sirketi|free zone establishment|free zone company|free zone enterprise|free zone co|free zone llc|fz establishment|fz enterprise|sti|san ve tic|san tic|san ve tic ltd sti|san ve tic as|san tic ltd sti|tic ltd sti|ve ticaret as|kom sti|koll sti|bm|wll|bsc|bsc closed|saoc|saog|spc|kscc|ksc|kpsc|qpsc|qsc|pjsc|psc|fze|fzc|fzco|fz llc|fz co|dmcc|jlt|est|establishment|sal|sae|sarl|sal offshore|holding sal|sarl au',
	'India, Pakistan, Bangladesh, Sri Lanka': 'pvt ltd|pvt limited|private limited|private ltd|p ltd|p limited|pvt|opc pvt ltd|opc private limited|smc pvt ltd|smc private limited|guarantee limited|public ltd|llp|huf|pllc|pvt co ltd|p ltd co',
	'China, Hong Kong, Taiwan': 'co ltd|company limited|corp ltd|ltd co|limited liability company|wfoe',
	'Japan, Korea': 'kk|kabushiki kaisha|kabushiki gaisha|kabushikigaisha|kabushikikaisha|gk|godo kaisha|godo gaisha|yk|yugen kaisha|yugen gaisha|gmk|kkk|chusik hoesa|yuhan hoesa',
	'South-east Asia': 'pte ltd|pte limited|private limited|pte|sdn bhd|sdn berhad|sendirian berhad|bhd|berhad|plt|pt|tbk|persero|persero tbk|pt tbk|perseroan terbatas|cv|ud|pcl|public co ltd|public company limited|pubco|co ltd|jsc|joint stock company|tnhh|cp|mtv|tnhh mtv|cty tnhh|cong ty tnhh|cong ty co phan|cong ty cp|ctcp|dntn|opc|inc',
	'Australia, New Zealand': 'pty ltd|pty limited|proprietary limited|proprietary ltd|pty|nl|no liability|ltd|coop ltd',
	Africa: 'cc|close corporation|soc ltd|npc|rf pty ltd|pty|nig ltd|nigeria ltd|gte|sarl au|suarl|surl|sa|scs|gie|plc|share company|sc|ena|tz ltd',
};

/** Also everyday words, names or countries: a form only in capitals or with points, whatever the table says. */
const doubtful = new Set([
	'me', 'is', 'it', 'ad', 'pt', 'pc', 'lp', 'eu', 'et', 'ei', 'na', 'pa', 'da', 'di', 'co', 'ac', 'ca', 'sc', 'sb', 'ss', 'sp', 'cc', 'cb', 'cp', 'ba', 'ua', 'ii', 'if', 'sd', 'ks', 'ps', 'gs', 'bl', 'ef', 'kd', 'ud', 'ec', 'bt', 'gp', 'lc', 'nl', 'oe', 'ee', 'ae', 'sf', 'pf',
	'ry', 'rf', 'hb', 'kb', 'tu', 'uu', 'rt', 'bm', 'ik', 'mb', 'ij', 'og', 'uc', 'ate', 'sea', 'est', 'trust', 'ets', 'sal', 'sem', 'inh', 'publ', 'ses', 'sem', 'ena', 'cpt', 'pp', 'at', 'eg', 'ay', 'ky', 'zu', 'ent', 'chartered', 'enr', 'sha', 'earl', 'opc', 'ops', 'gie', 'huf', 'mei', 'epp', 'sad',
	'ат', 'ип', 'ад', 'ет', 'пп', 'ао', 'уп', 'чп',
]);

/** Words that only together with others are a form, or a part of the name on their own: never taken in the middle. */
const anywhere = new Set(['gmbh', 'ltd', 'llc', 'inc', 'oy', 'oyj', 'ptyltd', 'pvtltd', 'sro', 'spzoo', 'sdnbhd', 'bvba', 'sarl', 'plc', 'gmbhcokg', 'srl', 'oyab', 'aps', 'ооо', 'оао', 'зао']);

/** Forms that stand before the name. */
const leading = new Set([
	'oy', 'ab', 'aboy', 'oyab', 'pt', 'ooo', 'zao', 'oao', 'pao', 'ojsc', 'pjsc', 'cjsc', 'jsc', 'sia', 'uab', 'ou', 'as', 'sarl', 'sas', 'eurl', 'sci', 'snc', 'ao', 'too', 'tov', 'stichting', 'cooperatie', 'cv', 'ud', 'congtytnhh', 'congtycophan', 'congtycp', 'ctytnhh', 'kk', 'scsrl', 'scsa', 'firma', 'fa',
	'ооо', 'оао', 'зао', 'пао', 'ао', 'ип', 'тов', 'тоо', 'фоп', 'ат', 'пат', 'прат', 'гуп', 'муп', 'фгуп', 'уп', 'чуп', 'чп', 'пп', 'обществосограниченнойответственностью', 'акционерноеобщество', 'публичноеакционерноеобщество', 'товариствозобмеженоювідповідальністю',
	'αε',
]);

/** Forms in other scripts, longest first: often written right beside the name, and spoken with it. Only the key goes without them. */
export const gluedForms = ['股份有限公司', '集团有限公司', '集團有限公司', '有限责任公司', '有限責任公司', '有限公司', '株式会社', '有限会社', '合同会社', '合資会社', '合名会社', '一般社団法人', '(株)', '(有)', '㈱', '㈲', '주식회사', '유한책임회사', '유한회사', '(주)', '㈜', 'จำกัด (มหาชน)', 'จำกัด(มหาชน)', 'จำกัด', 'บริษัท', 'المحدودة', 'ذ.م.م', 'ش.م.م', 'ش.م.ل', 'בע״מ', 'בע"מ', 'בעמ'];

const forms = new Set(Object.values(formsByCountry).join('|').split('|').map((form) => foldForm(form)));
/** Words of the longest form, as it may be written in words. */
export const longestFormWords = 7;

/** A word of a form, folded, without points and strokes: `S.A.` gives `sa`, `A/S` gives `as`. */
export function foldForm(text: string): string {
	return foldLetters(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The parts of a form, folded; `&` and its words between them count for nothing: `GmbH & Co. KG` is `gmbh`, ``, `co`, `kg`. */
export function foldFormWords(words: readonly string[]): string[] {
	return words.map((word) => (/^(?:&|\+|u\.?|und|and|et)$/i.test(word) ? '' : foldForm(word)));
}

/** Whether words as written, with their folded key, are a legal form at the end of a name. */
export function isFormAtEnd(key: string, words: readonly string[]): boolean {
	return forms.has(key) && (!doubtful.has(key) || isWrittenAsForm(words));
}

/** Whether words as written, with their folded key, are a legal form before a name. */
export function isFormAtStart(key: string, words: readonly string[]): boolean {
	return leading.has(key) && (words[0] === words[0].toUpperCase() || /\.$/.test(words[words.length - 1]) || key.length > 3 || key === 'oy' || key === 'ab');
}

/** Whether this folded key is a legal form wherever it stands. */
export function isFormAnywhere(key: string): boolean {
	return anywhere.has(key);
}

function isWrittenAsForm(words: readonly string[]): boolean {
	const written = words.join('').replace(/[,;]/g, '');
	// eG, eK, oHG
	if (/^\p{Ll}{1,2}\p{Lu}{1,3}$/u.test(written)) return true;
	if (/^co\.?$|^company$|^trust$/i.test(written)) return true;
	return written === written.toUpperCase() || /[./]/.test(written.slice(0, -1)) || (written.endsWith('.') && written.length > 2);
}
