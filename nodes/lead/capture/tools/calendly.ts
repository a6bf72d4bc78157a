import { isObject } from '../../isObject';
import { joinValues, readValues, type ReadValues } from '../readValues';
import { asText, type FormTool, type Json, type ToolFill } from './formTool';

/** Calendly: webhooks of bookings (`invitee.created`, `invitee.canceled`) and of routing forms. Shapes from Calendly's webhook reference; not yet held against a live form. */
export const calendly: FormTool = {
	name: 'calendly',
	label: 'Calendly',
	recognize(body) {
		if (typeof body.event === 'string' && /^(?:invitee|routing_form_submission)/.test(body.event) && isObject(body.payload)) return `the event is ${body.event.slice(0, 40)}`;
		return 'questions_and_answers' in body && ('scheduled_event' in body || 'event' in body) ? 'the body is an invitee of Calendly' : undefined;
	},
	read(body) {
		const payload = isObject(body.payload) ? body.payload : body;
		const isCanceled = body.event === 'invitee.canceled' || payload.status === 'canceled';
		const uri = asText(payload.uri) ?? asText(isObject(payload.invitee) ? payload.invitee.uuid : undefined);
		return {
			...joinValues([readInvitee(payload), readAnswers(payload), readBooking(payload), readValues({ tracking: payload.tracking })]),
			formId: formOf(payload),
			// a cancellation is news of its own, not the booking again
			eventId: uri === null ? null : `${uri}${isCanceled ? '#canceled' : ''}`,
			submittedAt: asText(isCanceled ? body.created_at : payload.created_at) ?? asText(body.created_at),
			...(isCanceled ? { issues: [canceled] } : {}),
		};
	},
};

const canceled: NonNullable<ToolFill['issues']>[number] = { field: 'submission', code: 'BOOKING_CANCELED', message: 'The booking was canceled', severity: 'warning' };

/** What the invitee entered; the owner's and the guests' own names and addresses are left out. */
function readInvitee(payload: Json): ReadValues {
	const from = isObject(payload.invitee) ? payload.invitee : payload;
	return readValues({
		first_name: from.first_name, last_name: from.last_name, full_name: from.first_name && from.last_name ? null : from.name, email: from.email, time_zone: from.timezone,
		text_reminder_number: from.text_reminder_number,
	});
}

function readAnswers({ questions_and_answers: given }: Json): ReadValues {
	const answers = Array.isArray(given) ? given.filter(isObject) : [];
	return joinValues(answers.map((one) => readValues({ [asText(one.question) ?? '']: one.answer })));
}

function readBooking({ scheduled_event: booked, status }: Json): ReadValues {
	const meeting = isObject(booked) ? booked : {};
	return readValues({ 'Meeting': asText(meeting.name), 'Meeting starts at': asText(meeting.start_time), 'Meeting status': asText(status) });
}

function formOf({ scheduled_event: booked, routing_form: routingForm, event_type: type }: Json): string | null {
	const meeting = isObject(booked) ? booked : {};
	return asText(meeting.event_type) ?? asText(routingForm) ?? asText(type);
}
