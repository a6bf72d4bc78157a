/** Hours as people write them, as calendars keep them: `9-17:30`, `9:00 – 17.30`, `9am to 5pm`; undefined when they are none. */
export function tidySpan(text: string): string | undefined {
	const [, fromHour, fromMinute, fromHalf, toHour, toMinute, toHalf] =
		/^(\d{1,2})(?:[:.h](\d{2}))?\s?(am|pm)?\s*(?:[-–—]|to|bis)\s*(\d{1,2})(?:[:.h](\d{2}))?\s?(am|pm)?$/i.exec(text.trim()) ?? [];
	if (fromHour === undefined) return undefined;
	return `${clock(fromHour, fromMinute, fromHalf)}-${clock(toHour, toMinute, toHalf)}`;
}

function clock(hour: string, minute = '00', half?: string): string {
	const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
	return `${String(hours).padStart(2, '0')}:${minute}`;
}
