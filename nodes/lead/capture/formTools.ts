import { isObject } from '../isObject';
import { readValues, type ReadValues } from './readValues';
import { calendly } from './tools/calendly';
import { elementor } from './tools/elementor';
import type { FormTool, FormToolName, ToolFill } from './tools/formTool';
import { googleAds } from './tools/googleAds';
import { gravityForms } from './tools/gravityForms';
import { hubspot } from './tools/hubspot';
import { jotform } from './tools/jotform';
import { metaLeadAds } from './tools/metaLeadAds';
import { n8nForm } from './tools/n8nForm';
import { tally } from './tools/tally';
import { typeform } from './tools/typeform';
import { webflow } from './tools/webflow';
import { whatsapp } from './tools/whatsapp';

/** What was filled in, the tool that sent it, and how it was known. */
export interface FormFill extends ToolFill {
	tool: FormToolName;
	/** Why it is taken for this tool's, in words. */
	because: string;
}

/** Tools with a payload of their own shape; the first that fits reads it. */
const formTools: readonly FormTool[] = [typeform, tally, jotform, webflow, elementor, gravityForms, hubspot, metaLeadAds, googleAds, calendly, whatsapp, n8nForm];

/**
 * Reads a body as the tool that sent it, known by its shape. A tool that is named in the settings wins: then the body is
 * read as that tool's if it can be, else like any form, with an issue.
 */
export function readFormFill(body: unknown, { fromWebhook, named }: { fromWebhook: boolean; named?: FormToolName }): FormFill {
	if (named !== undefined) return readAsNamed(body, named);
	if (isObject(body)) {
		for (const tool of formTools) {
			const because = tool.recognize(body);
			if (because !== undefined) return { ...tool.read(body), tool: tool.name, because };
		}
	}
	return fromWebhook
		? { ...withoutShape(readValues(body)), tool: 'webhook', because: 'the item is from a Webhook node, and its body has no tool\'s shape' }
		: { ...withoutShape(readValues(body)), tool: 'generic', because: 'the item has no tool\'s shape' };
}

function readAsNamed(body: unknown, named: FormToolName): FormFill {
	const tool = formTools.find(({ name }) => name === named);
	const because = 'set in "Form Tool"';
	if (!tool) return { ...withoutShape(readValues(body)), tool: named, because };
	if (isObject(body) && tool.recognize(body) !== undefined) return { ...tool.read(body), tool: named, because };
	return {
		...withoutShape(readValues(body)), tool: named, because,
		issues: [{ field: 'submission.formTool', code: 'FORM_TOOL_DIFFERS', message: `The payload has not the shape that ${tool.label} sends, so it was read like any form`, severity: 'warning' }],
	};
}

function withoutShape(values: ReadValues): ToolFill {
	return { ...values, formId: null, eventId: null, submittedAt: null };
}
