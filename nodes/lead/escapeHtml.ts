import { removeInvisible } from './foldText';

const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/** Text as it may stand between tags and in quoted attributes, without what nobody can see; `92 %` stays on one line. */
export function escapeHtml(text: string): string {
	return removeInvisible(text).replace(/[&<>"']/g, (letter) => names[letter]).replace(/(\d) %/g, '$1&nbsp;%');
}
