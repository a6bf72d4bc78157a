import { foldText } from '../foldText';

/** One word of a text and where it stands. */
export interface Word {
	/** Lower case, without accents, e.g. `fur` for `Für`. */
	folded: string;
	start: number;
	/** Excluded. */
	end: number;
}

/** The words of a text in order: runs of letters and digits. */
export function foldedWords(text: string): Word[] {
	const words: Word[] = [];
	for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
		words.push({ folded: foldText(word), start: index, end: index + word.length });
	}
	return words;
}

/** Very common words of English, German and French, also those that only say that something is wanted, folded: they tell no intent. */
export const stopWords: ReadonlySet<string> = new Set((
	'a an and are as at be been but by can could do does for from had has have hello hi how i if in is it its me my of on or our please so that the their them there they this to '
	+ 'us was we were what when which who will with would you your dear thanks thank regards best want wish need like looking interested '
	+ 'aber als am an auf aus bei bin bitte das dass dem den der des die du ein eine einem einen einer es fur hallo hat haben ich ihr ihre ihnen im in ist ja kann konnen man mit nach '
	+ 'oder sehr sie sind uber um und uns unser unsere vom von vor was wer wie wir wird zu zum zur danke gruss grusse geehrte damen herren mochten mochte wollen suchen suche brauchen benotigen sollen soll '
	+ 'au aux avec bonjour ce cela ces cet cette chez d dans de des du elle en est et il ils j je l la le les leur leurs mais merci mes mon n ne nos notre nous ou par pas plus pour qu que '
	+ 'qui s sa se ses son sont sur un une vos votre vous cordialement voudrions souhaitons souhaite voulons cherchons recherchons avons'
).split(' '));
