import { foldText } from '../foldText';

/**
 * Parts of countries by ISO 3166-2 (code without the country), with their names, folded, in the languages spoken there and in
 * English. Countries whose leads are commonly split by territory; written from the ISO 3166-2 code lists, read 2026-11.
 */
const byHand: Record<string, Record<string, string[]>> = {
	US: {
		AL: ['alabama'], AK: ['alaska'], AZ: ['arizona'], AR: ['arkansas'], CA: ['california', 'calif'], CO: ['colorado'], CT: ['connecticut'], DE: ['delaware'],
		DC: ['district of columbia', 'washington dc', 'washington d c'], FL: ['florida'], GA: ['georgia'], HI: ['hawaii'], ID: ['idaho'], IL: ['illinois'], IN: ['indiana'],
		IA: ['iowa'], KS: ['kansas'], KY: ['kentucky'], LA: ['louisiana'], ME: ['maine'], MD: ['maryland'], MA: ['massachusetts', 'mass'], MI: ['michigan'], MN: ['minnesota'],
		MS: ['mississippi'], MO: ['missouri'], MT: ['montana'], NE: ['nebraska'], NV: ['nevada'], NH: ['new hampshire'], NJ: ['new jersey'], NM: ['new mexico'],
		NY: ['new york', 'new york state'], NC: ['north carolina'], ND: ['north dakota'], OH: ['ohio'], OK: ['oklahoma'], OR: ['oregon'], PA: ['pennsylvania'], PR: ['puerto rico'],
		RI: ['rhode island'], SC: ['south carolina'], SD: ['south dakota'], TN: ['tennessee'], TX: ['texas'], UT: ['utah'], VT: ['vermont'], VA: ['virginia'],
		WA: ['washington', 'washington state'], WV: ['west virginia'], WI: ['wisconsin'], WY: ['wyoming'],
	},
	CA: {
		AB: ['alberta'], BC: ['british columbia', 'colombie britannique'], MB: ['manitoba'], NB: ['new brunswick'], NL: ['newfoundland', 'newfoundland and labrador'],
		NS: ['nova scotia'], NT: ['northwest territories'], NU: ['nunavut'], ON: ['ontario'], PE: ['prince edward island'], QC: ['quebec'], SK: ['saskatchewan'], YT: ['yukon'],
	},
	AU: {
		ACT: ['australian capital territory'], NSW: ['new south wales'], NT: ['northern territory'], QLD: ['queensland'], SA: ['south australia'], TAS: ['tasmania'],
		VIC: ['victoria'], WA: ['western australia'],
	},
	GB: { ENG: ['england'], NIR: ['northern ireland'], SCT: ['scotland'], WLS: ['wales', 'cymru'] },
	DE: {
		BW: ['baden wurttemberg', 'baden wuerttemberg'], BY: ['bayern', 'bavaria'], BE: ['berlin'], BB: ['brandenburg'], HB: ['bremen'], HH: ['hamburg'], HE: ['hessen', 'hesse'],
		MV: ['mecklenburg vorpommern'], NI: ['niedersachsen', 'lower saxony'], NW: ['nordrhein westfalen', 'north rhine westphalia', 'nrw'], RP: ['rheinland pfalz', 'rhineland palatinate'],
		SL: ['saarland'], SN: ['sachsen', 'saxony'], ST: ['sachsen anhalt', 'saxony anhalt'], SH: ['schleswig holstein'], TH: ['thuringen', 'thueringen', 'thuringia'],
	},
};

/** The same, short: code, colon, names. */
const inShort: Record<string, string> = {
	AT: '1:burgenland|2:karnten,kaernten,carinthia|3:niederosterreich,niederoesterreich,lower austria,no|4:oberosterreich,oberoesterreich,upper austria,oo|5:salzburg|6:steiermark,styria|7:tirol,tyrol|8:vorarlberg|9:wien,vienna',
	CH: 'AG:aargau,argovie|AI:appenzell innerrhoden|AR:appenzell ausserrhoden|BE:bern,berne,berna|BL:basel landschaft,baselland,bale campagne|BS:basel stadt,bale ville|FR:fribourg,freiburg|GE:geneve,genf,geneva,ginevra|GL:glarus|GR:graubunden,grisons,grigioni|JU:jura|LU:luzern,lucerne|NE:neuchatel,neuenburg|NW:nidwalden|OW:obwalden|SG:st gallen,sankt gallen,saint gall|SH:schaffhausen|SO:solothurn|SZ:schwyz|TG:thurgau,thurgovie|TI:ticino,tessin|UR:uri|VD:vaud,waadt|VS:valais,wallis|ZG:zug|ZH:zurich,zuerich',
	NL: 'DR:drenthe|FL:flevoland|FR:friesland,fryslan|GE:gelderland|GR:groningen|LI:limburg|NB:noord brabant,north brabant|NH:noord holland,north holland|OV:overijssel|UT:utrecht|ZE:zeeland|ZH:zuid holland,south holland',
	ES: 'AN:andalucia,andalusia,andalusien|AR:aragon|AS:asturias,principado de asturias|CN:canarias,islas canarias,canary islands|CB:cantabria|CL:castilla y leon|CM:castilla la mancha|CT:cataluna,catalunya,catalonia,katalonien|CE:ceuta|EX:extremadura|GA:galicia|IB:baleares,islas baleares,illes balears,balearic islands,mallorca|RI:la rioja|MD:madrid,comunidad de madrid|ML:melilla|MC:murcia,region de murcia|NC:navarra,navarre|PV:pais vasco,euskadi,basque country|VC:comunidad valenciana,comunitat valenciana',
	FR: 'ARA:auvergne rhone alpes|BFC:bourgogne franche comte|BRE:bretagne,brittany|CVL:centre val de loire|20R:corse,corsica|GES:grand est|HDF:hauts de france|IDF:ile de france|NOR:normandie,normandy|NAQ:nouvelle aquitaine|OCC:occitanie|PDL:pays de la loire|PAC:provence alpes cote d azur,paca',
	IT: '65:abruzzo|77:basilicata|78:calabria|72:campania|45:emilia romagna|36:friuli venezia giulia|62:lazio|42:liguria|25:lombardia,lombardy|57:marche|67:molise|21:piemonte,piedmont|75:puglia,apulia|88:sardegna,sardinia|82:sicilia,sicily|52:toscana,tuscany|32:trentino alto adige,sudtirol,south tyrol|55:umbria|23:valle d aosta|34:veneto',
	BR: 'AC:acre|AL:alagoas|AP:amapa|AM:amazonas|BA:bahia|CE:ceara|DF:distrito federal,brasilia|ES:espirito santo|GO:goias|MA:maranhao|MT:mato grosso|MS:mato grosso do sul|MG:minas gerais|PA:para|PB:paraiba|PR:parana|PE:pernambuco|PI:piaui|RJ:rio de janeiro|RN:rio grande do norte|RS:rio grande do sul|RO:rondonia|RR:roraima|SC:santa catarina|SP:sao paulo|SE:sergipe|TO:tocantins',
	MX: 'AGU:aguascalientes|BCN:baja california|BCS:baja california sur|CAM:campeche|CHP:chiapas|CHH:chihuahua|CMX:ciudad de mexico,cdmx,distrito federal,mexico city|COA:coahuila|COL:colima|DUR:durango|GUA:guanajuato|GRO:guerrero|HID:hidalgo|JAL:jalisco|MEX:estado de mexico|MIC:michoacan|MOR:morelos|NAY:nayarit|NLE:nuevo leon|OAX:oaxaca|PUE:puebla|QUE:queretaro|ROO:quintana roo|SLP:san luis potosi|SIN:sinaloa|SON:sonora|TAB:tabasco|TAM:tamaulipas|TLA:tlaxcala|VER:veracruz|YUC:yucatan|ZAC:zacatecas',
	IN: 'AP:andhra pradesh|AR:arunachal pradesh|AS:assam|BR:bihar|CG:chhattisgarh|CH:chandigarh|DL:delhi,new delhi|GA:goa|GJ:gujarat|HR:haryana|HP:himachal pradesh|JK:jammu and kashmir|JH:jharkhand|KA:karnataka|KL:kerala|LA:ladakh|MP:madhya pradesh|MH:maharashtra|MN:manipur|ML:meghalaya|MZ:mizoram|NL:nagaland|OD:odisha,orissa|PB:punjab|PY:puducherry,pondicherry|RJ:rajasthan|SK:sikkim|TN:tamil nadu|TS:telangana|TR:tripura|UP:uttar pradesh|UK:uttarakhand|WB:west bengal',
	ZA: 'EC:eastern cape|FS:free state|GP:gauteng|KZN:kwazulu natal|LP:limpopo|MP:mpumalanga|NC:northern cape|NW:north west|WC:western cape',
	NZ: 'AUK:auckland|BOP:bay of plenty|CAN:canterbury|GIS:gisborne|HKB:hawke s bay,hawkes bay|MWT:manawatu wanganui,manawatu|MBH:marlborough|NSN:nelson|NTL:northland|OTA:otago|STL:southland|TKI:taranaki|TAS:tasman|WKO:waikato|WGN:wellington|WTC:west coast',
	BE: 'BRU:brussels,bruxelles,brussel,brussels capital region,region de bruxelles capitale|VLG:vlaanderen,flanders,flandre|WAL:wallonie,wallonia|VAN:antwerpen,antwerp,anvers|VBR:vlaams brabant,flemish brabant|VOV:oost vlaanderen,east flanders|VWV:west vlaanderen,west flanders|WHT:hainaut,henegouwen|WLG:liege,luik|WNA:namur,namen|WBR:brabant wallon',
	IE: 'C:connacht|L:leinster|M:munster|U:ulster|D:dublin,county dublin|CO:cork,county cork|G:galway,county galway|LK:limerick,county limerick|KE:kildare,county kildare|KY:kerry,county kerry|WW:wicklow,county wicklow|MH:meath,county meath|DL:donegal,county donegal|WD:waterford,county waterford',
};

/** Codes with their folded names, by country. */
export const regions: Record<string, Record<string, string[]>> = { ...byHand };
for (const [country, list] of Object.entries(inShort)) {
	regions[country] = Object.fromEntries(list.split('|').map((entry) => entry.split(':')).map(([code, names]) => [code, names.split(',')]));
}

/** Names that are also a country, a town elsewhere or a word: they point to no country. */
const ambiguous = new Set(['georgia', 'washington', 'victoria', 'distrito federal', 'limburg', 'punjab', 'north west', 'nelson', 'canterbury', 'jura', 'para', 'acre', 'no', 'oo', 'mass', 'calif', 'berlin', 'hamburg', 'salzburg', 'dublin', 'cork', 'wellington', 'auckland', 'la rioja', 'cordoba', 'amazonas', 'sierra', 'wales', 'marche', 'friesland', 'zeeland', 'west coast', 'northland', 'southland', 'wicklow', 'meath', 'delhi', 'goa', 'murcia', 'new york', 'mexico city', 'brasilia', 'sao paulo', 'rio de janeiro', 'sachsen', 'santa catarina']);

let countryByName: Map<string, string> | undefined;

/** The country that has a part of that name, when only one has: `Bayern` is DE, `Georgia` nothing. Also from a full code. */
export function countryOfRegion(given: string | null): string | null {
	const text = given?.trim() ?? '';
	if (text === '' || text.length > 60) return null;
	const code = /^([A-Z]{2})-([A-Z0-9]{1,3})$/.exec(text);
	if (code) return regions[code[1]]?.[code[2]] === undefined ? null : code[1];
	countryByName ??= readCountries();
	return countryByName.get(foldText(text)) || null;
}

function readCountries(): Map<string, string> {
	const found = new Map<string, string>();
	for (const [country, parts] of Object.entries(regions)) {
		for (const names of Object.values(parts)) {
			for (const name of names) if (!ambiguous.has(name)) found.set(name, found.has(name) && found.get(name) !== country ? '' : country);
		}
	}
	return found;
}
