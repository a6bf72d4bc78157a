import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { readPhone } from '../nodes/lead/clean/phone';
import { readCompany } from '../nodes/lead/clean/company';
import { companyKey } from '../nodes/lead/clean/companyKey';
import { readPersonName } from '../nodes/lead/clean/personName';
import { readEmail } from '../nodes/lead/clean/email';
import { readCountry } from '../nodes/lead/country';
import { detectLanguage } from '../nodes/lead/clean/language';
import { repairText, repairLine } from '../nodes/lead/clean/text';
import { readTimeZone } from '../nodes/lead/clean/timeZone';
import { hintCountry } from '../nodes/lead/clean/countryHint';
const f = ['Ada', 'JÜRGEN', 'maria', 'Jean-Luc', 'Siobhán', 'Wei', 'Dr. Anna', 'Óscar', 'Fatima', 'Lars'];
const l = ['Lovelace', 'VON DER HEIDE', 'de la cruz', 'Picard', "O'Brien", 'Zhang', 'Schmidt', 'García López', 'al-Farsi', 'Sørensen'];
const p: [string,string][] = [['020 7946 0018', 'GB'], ['+49 30 12345678', 'DE'], ['(212) 555-0123', 'US'], ['06 12 34 56 78', 'FR'], ['91 123 45 67', 'ES'], ['0043 1 5123456', 'AT'], ['+39 06 6982 1234', 'IT']];
const c = ['Acme Services Ltd', 'Müller & Söhne GmbH & Co. KG', 'García Márquez, S.L.', 'Société Générale S.A.', 'De Vries B.V.', 'Kowalski Sp. z o.o.'];
const k = ['United Kingdom','Deutschland','USA','France','España','Österreich','Italia'];
const msg = 'Wir suchen ab Januar einen Partner für die Wartung unserer Server. Es geht um etwa vierzig Geräte an zwei Standorten, und wir brauchen auch am Wochenende jemanden. Können Sie uns bis Freitag ein erstes Angebot schicken? Danke!!';
const N = 20000;
const at = <T>(x: T[], i: number) => x[i % x.length];
const parts: [string, (i: number) => unknown][] = [
 ['bare', (i) => parsePhoneNumberFromString(at(p,i)[0], at(p,i)[1] as never)],
 ['phone', (i) => readPhone({ given: at(p,i)[0], leadCountry: at(p,i)[1] })],
 ['company', (i) => readCompany({ company: at(c,i)+i, website: null, emailOwnDomain: 'x.example' })],
 ['companyKey', (i) => companyKey(at(c,i))],
 ['name', (i) => readPersonName({ fullName: null, firstName: at(f,i), lastName: at(l,i>>1) })],
 ['fullName', (i) => readPersonName({ fullName: at(f,i)+' '+at(l,i>>1), firstName: null, lastName: null })],
 ['email', (i) => readEmail(`person.${i}@${i % 3 === 0 ? 'gmail.com' : `firm${i}.example`}`)],
 ['country', (i) => readCountry(at(k,i))],
 ['language', (i) => detectLanguage(msg + i)],
 ['repairText', (i) => repairText(msg + i)],
 ['repairLine', (i) => repairLine(at(c,i)+i)],
 ['zone', (i) => readTimeZone({given:null,country:at(p,i)[1],region:null,phone:null,isMobile:false})],
 ['hint', (i) => hintCountry({timeZone:null,language:null,emailDomain:`firm${i}.example`,website:null})],
];
for (let r = 0; r < 4; r++) for (const [n, run] of parts) { const b = process.cpuUsage(); for (let i = 0; i < N; i++) run(i); const u = process.cpuUsage(b); if (r === 3) console.log(n.padEnd(12), ((u.user+u.system)/N).toFixed(2)); }
