import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class LeadHandoffPostgresApi implements ICredentialType {
	name = 'leadHandoffPostgresApi';

	displayName = 'Lead Handoff PostgreSQL API';

	icon: Icon = { light: 'file:postgres.svg', dark: 'file:postgres.dark.svg' };

	documentationUrl = 'https://github.com/lead-handoff/n8n-nodes-lead-handoff/blob/main/docs/ledger.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Host',
			name: 'host',
			type: 'string',
			default: 'localhost',
			placeholder: 'e.g. db.example.com',
			description: 'Name or address of the PostgreSQL server, version 12 or newer',
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 5432,
			description: 'Port on which the server listens',
		},
		{
			displayName: 'Database',
			name: 'database',
			type: 'string',
			default: 'postgres',
			description: 'Database that holds the ledger; it may be the one that n8n itself uses',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: 'postgres',
			description: 'User who may make the schema, or who may use it when it is there',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Password of the user',
		},
		{
			displayName: 'Schema',
			name: 'schema',
			type: 'string',
			default: 'lead_handoff',
			description: 'Schema of the ledger\'s own, made when it is not there; nothing outside it is touched',
		},
		{
			displayName: 'TLS',
			name: 'tls',
			type: 'options',
			options: [
				{ name: 'Off', value: 'off', description: 'Not encrypted, for a network that nobody else is in' },
				{ name: 'Require', value: 'require', description: 'Encrypted, with any certificate' },
				{ name: 'Verify', value: 'verify', description: 'Encrypted, and the certificate must be of this host and of a trusted authority' },
			],
			default: 'off',
			description: 'How the connection is protected',
		},
		{
			displayName: 'Certificate Authority',
			name: 'ca',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE----- …',
			displayOptions: { show: { tls: ['verify'] } },
			description: 'Certificate of the authority that signed the server\'s, in PEM; leave empty for a public one',
		},
		{
			displayName: 'Maximum Connections',
			name: 'maxConnections',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 5,
			description: 'Most connections of one n8n process; times the number of processes it must stay below the server\'s max_connections',
		},
	];
}
