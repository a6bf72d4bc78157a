/** Languages in which pages are written, as the panel offers them. */
export const pageLanguages = [
	{ name: 'English', value: 'en' },
	{ name: 'French', value: 'fr' },
	{ name: 'German', value: 'de' },
	{ name: 'Spanish', value: 'es' },
];

export const ownerNamesMeaning = 'Whether the page names owners; else they are numbered, so that it holds no personal data';
