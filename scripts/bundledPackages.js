/** Licences that let others use, change and sell what is bundled, with no duty but their own text, which is shipped. */
const allowedLicences = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'Unlicense'];

/** The libraries that dist/THIRD_PARTY_LICENSES.txt tells of, each once: `{ name, version, licence }`. */
function readBundled(licenceTexts) {
	const told = licenceTexts.split(`${'-'.repeat(78)}\n`).slice(1).map((section) => {
		const [, name, version, licence] = /^(\S+) (\S+) \((.+)\)\n/.exec(section) ?? [];
		if (!licence) throw new Error(`This section names no licence: ${section.slice(0, 80)}`);
		return { name, version, licence };
	});
	return [...new Map(told.map((one) => [`${one.name} ${one.version}`, one])).values()];
}

/** What is wrong with bundled libraries, beside what the lock file says of them, in words. */
function bundledProblems(bundled, { packages }) {
	return bundled.flatMap(({ name, version, licence }) => {
		const locked = Object.entries(packages).filter(([path, one]) => path.endsWith(`node_modules/${name}`) && one.version === version).map(([, one]) => one);
		return [
			...(allowedLicences.includes(licence) ? [] : [`${name} has the licence ${licence}, which is not among ${allowedLicences.join(', ')}`]),
			...(locked.length === 0 ? [`${name} ${version} does not stand in package-lock.json`] : []),
			...(locked.some(({ integrity }) => !/^sha512-/.test(integrity ?? '')) ? [`${name} ${version} has no sha512 checksum in package-lock.json`] : []),
		];
	});
}

module.exports = { allowedLicences, bundledProblems, readBundled };
