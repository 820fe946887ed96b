import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

const forBinary = { show: { '/fileSource': ['binary'] } };

/**
 * Extend adds base processors now and then, so any other name can be given by expression.
 * @see https://docs.extend.ai/changelog for prices, and https://docs.extend.ai/model-versioning
 */
const BASE_PROCESSORS: INodePropertyOptions[] = [
	{
		name: 'Instant',
		value: 'classification_instant',
		description: 'The cheapest: 0.1 credits a page, plus the reading of a new file',
	},
	{
		name: 'Standard',
		value: 'classification_standard',
		description: 'Newer than Performance. Versions before 1.2.0 may give no confidence: Route By then sends the result to Review.',
	},
	{
		name: 'Performance',
		value: 'classification_performance',
		description: 'The default of Extend: 1 credit a page, plus the reading of a new file',
	},
	{ name: 'Light', value: 'classification_light', description: 'Older: 0.3 credits a page, plus the reading of a new file' },
];

/** The collection "Options" of everything that starts runs. */
export const startOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'Settings for files, costs and the classification itself',
	options: [
		{
			displayName: 'Base Processor',
			name: 'baseProcessor',
			type: 'options',
			options: BASE_PROCESSORS,
			default: 'classification_performance',
			description: 'The model that classifies. Use an expression for one that is not in the list.',
		},
		{
			displayName: 'Base Version',
			name: 'baseVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3.2.0',
			description: 'Version of the base processor; the newest stable one when left empty',
		},
		{
			displayName: 'Classification Rules',
			name: 'rules',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. A pro-forma invoice counts as other',
			description: 'What to keep in mind when choosing a category, in plain words',
		},
		{
			displayName: 'Context',
			name: 'context',
			type: 'options',
			options: [
				{ name: 'Default', value: 'default', description: 'As much of the document as is usually needed' },
				{ name: 'Maximum', value: 'max', description: 'As much of the document as fits, for long ones' },
			],
			default: 'default',
			description: 'How much of the document is taken into account',
		},
		{
			displayName: 'Delete File After',
			name: 'deleteFileAfter',
			type: 'boolean',
			default: false,
			description: 'Whether to remove the uploaded file from Extend once its run has ended',
			displayOptions: { show: { '/fileSource': ['binary'], '/operation': ['classify'] } },
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. invoice.pdf',
			description: 'Shown in Extend in place of the name the file has; Extend reads the file type from its ending',
			displayOptions: { hide: { '/fileSource': ['fileId'] } },
		},
		{
			displayName: 'File Password',
			name: 'filePassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Opens a PDF that is locked by a password; for binary files and URLs only',
		},
		{
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.messageId }}',
			description: 'Keeps a document from being paid twice: for 24 hours a run with the same key that has not failed is used again. The ID of an email, say.',
		},
		{
			displayName: 'If There Is No Document',
			name: 'onNoDocument',
			type: 'options',
			options: [
				{ name: 'Fail the Item', value: 'error', description: 'Stop the workflow, or do what is set under Settings → On Error' },
				{ name: 'Pass the Item On', value: 'skip', description: 'Output the item unclassified, with an empty ID' },
			],
			default: 'error',
			description: 'What happens to an item in which no file matches the pattern or the file options, such as an email without attachments',
			displayOptions: forBinary,
		},
		{
			displayName: 'Memory',
			name: 'memory',
			type: 'boolean',
			default: false,
			description: 'Whether Extend learns from earlier runs of this classifier',
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '{}',
			description: 'A JSON object that is kept with the run and comes back with it, such as { "source": "mailroom" }; at most 10 KB',
		},
		{
			displayName: 'Minimum File Size (Bytes)',
			name: 'minimumFileSize',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Smaller files are left out and cost nothing, such as the logos of email signatures',
			displayOptions: forBinary,
		},
		{
			displayName: 'Multimodal',
			name: 'multimodal',
			type: 'boolean',
			default: false,
			description: 'Whether to look at pictures, stamps and layout more closely',
		},
		{
			displayName: 'Only File Types',
			name: 'onlyFileTypes',
			type: 'string',
			default: '',
			placeholder: 'e.g. pdf, docx, tiff',
			description: 'Files with other endings are left out and cost nothing; all are classified when left empty',
			displayOptions: forBinary,
		},
		{
			displayName: 'Page Ranges',
			name: 'pageRanges',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1-3,8',
			description: 'Pages to look at, counted from 1; all when left empty',
		},
		{
			displayName: 'Parse Config',
			name: 'parseConfig',
			type: 'json',
			default: '{}',
			description:
				'How Extend reads the file before it classifies it, as a JSON object. See <a href="https://docs.extend.ai/classification/configuration">Extend\'s documentation</a>.',
		},
		{
			displayName: 'Priority',
			name: 'priority',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 50,
			description: 'From 1 to 100; lower numbers run first while many documents are waiting',
		},
		{
			displayName: 'Usage Tags',
			name: 'usageTags',
			type: 'string',
			default: '',
			placeholder: 'e.g. ap-inbox, n8n',
			description: 'Tags for the breakdown of costs in Extend; letters, digits, - and _ with commas between tags',
		},
	],
};
