import type { INodeProperties } from 'n8n-workflow';
import { incomingFileProperty } from '../incomingFile';

const backingUp = { operation: ['backUp'] };
const restoring = { operation: ['restore'] };
const moving = { operation: ['moveToPostgres'] };

export const keepProperties: INodeProperties[] = [
	{
		displayName: 'Save Backup As',
		name: 'saveBackupAs',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: backingUp },
		options: [
			{ name: 'File in the Ledger\'s Folder', value: 'folder', description: 'Beside the ledger in n8n\'s folder, under backups' },
			{ name: 'File on the Item', value: 'binary', description: 'For the next node to store elsewhere, which is what saves you when a disk is lost' },
		],
		default: 'folder',
		description: 'Where the backup goes',
	},
	{
		displayName: 'Output Binary Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		displayOptions: { show: { ...backingUp, saveBackupAs: ['binary'] } },
		hint: 'The name of the output field to put the file in',
		description: 'Field of the item that holds the file',
	},
	{
		displayName: 'Keep Backups',
		name: 'keepBackups',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 14,
		displayOptions: { show: { ...backingUp, saveBackupAs: ['folder'] } },
		description: 'Number of newest backups that stay in the folder; older ones are deleted, none when 0',
	},
	{
		displayName: 'Backup',
		name: 'backupFrom',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: restoring },
		options: [
			{ name: 'File in the Ledger\'s Folder', value: 'folder', description: 'One that Back Up saved there' },
			{ name: 'File on the Item', value: 'binary', description: 'One that the node before has brought from elsewhere' },
		],
		default: 'folder',
		description: 'Which backup to restore',
	},
	{
		displayName: 'File Name',
		name: 'backupFile',
		type: 'string',
		default: '',
		placeholder: 'e.g. ledger-2026-11-20T183000Z.sqlite',
		displayOptions: { show: { ...restoring, backupFrom: ['folder'] } },
		description: 'Name of the file in the folder backups; the newest one when empty',
	},
	incomingFileProperty('backupField', 'backup', { ...restoring, backupFrom: ['binary'] }),
	{
		displayName: 'Restoring puts the backup in the place of everything in the ledger, all clients. Preview first: it counts both. Alerts that fell due meanwhile are not sent.',
		name: 'restoreNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: restoring },
	},
	{
		displayName: 'Set Ledger to PostgreSQL, which is where everything goes: the embedded ledger of this n8n is copied there and counted, and from then on refuses to be used. Switch all nodes to PostgreSQL afterwards.',
		name: 'moveNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: moving },
	},
	{
		displayName: 'Mode',
		name: 'keepMode',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { operation: ['erasePerson', 'moveToPostgres', 'restore'] } },
		options: [
			{ name: 'Do It', value: 'do', description: 'Do it now; there is no way back' },
			{ name: 'Preview', value: 'preview', description: 'Say what would happen, and change nothing' },
		],
		default: 'preview',
		description: 'Whether to look first',
	},
];
