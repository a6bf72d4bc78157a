/** Plain text as Slack shows it, https://docs.slack.dev/messaging/formatting-message-text; a name between colons stays one. */
export function escapeSlack(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/:(?=[\w+-]+:)/g, ':\u2060');
}

/** `escapeSlack` for text that may hold marks: it mentions nobody, links nowhere and marks nothing. */
export function plainSlack(text: string): string {
	// a space of no width keeps letters from becoming marks
	return escapeSlack(text).replace(/([*_~`@#])/g, '\u2060$1\u2060');
}
