import type { IAuthenticateGeneric, Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

export class LeadHandoffOpenAiApi implements ICredentialType {
	name = 'leadHandoffOpenAiApi';

	displayName = 'Lead Handoff OpenAI-Compatible API';

	icon: Icon = { light: 'file:openai.svg', dark: 'file:openai.dark.svg' };

	documentationUrl = 'https://github.com/lead-handoff/n8n-nodes-lead-handoff#readme';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Key of the service; leave empty for a service of your own that needs none',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.openai.com/v1',
			placeholder: 'e.g. http://localhost:11434/v1',
			description: 'Address of any service that speaks the OpenAI chat API, up to and with its version, without a slash at the end',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/models' },
	};
}
