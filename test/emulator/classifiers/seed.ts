import type { Extend } from 'extend-ai';

export interface SeedVersion {
	version: string;
	description: string | null;
	config: Extend.ClassifyConfig;
}

export interface SeedClassifier {
	id: string;
	name: string;
	draft: Extend.ClassifyConfig;
	/** Oldest first; empty for a classifier that was never published. */
	published: SeedVersion[];
}

const DESCRIPTIONS = {
	invoice: 'A supplier asks for payment for goods or services.',
	contract: 'An agreement between two parties with terms and signatures.',
	bill_of_lading: 'A carrier confirms receipt of freight for shipment.',
	customs_form: 'A customs declaration or its receipt.',
	packing_list: 'The packages of a consignment with their contents and weights.',
	proof_of_delivery: 'The consignee signs that the consignment was delivered.',
	claim_form: 'A policyholder reports a loss and asks for cover.',
	medical_report: 'A physician describes diagnosis and treatment of a patient.',
	police_report: 'An officer records an accident or a theft.',
	purchase_order: 'A buyer orders articles at agreed quantities and prices.',
	letter: 'A letter that needs an answer from a person.',
	other: 'Anything that fits none of the categories above.',
} as const;

type CategoryId = keyof typeof DESCRIPTIONS;

/** A configuration with these categories, and `other` at the end. */
export function configOf(...ids: CategoryId[]): Extend.ClassifyConfig {
	const classifications = [...ids, 'other' as const].map((id) => ({
		id,
		type: id,
		description: DESCRIPTIONS[id],
	}));
	return {
		baseProcessor: 'classification_performance',
		baseVersion: '3.2.0',
		classifications,
	};
}

const inboundMail: SeedClassifier = {
	id: 'cl_inbound_mail',
	name: 'Inbound mail',
	draft: configOf('invoice', 'contract', 'bill_of_lading', 'customs_form'),
	published: [
		{ version: '1.0', description: null, config: configOf('invoice', 'contract') },
		{
			version: '2.0',
			description: 'Adds bills of lading',
			config: configOf('invoice', 'contract', 'bill_of_lading'),
		},
	],
};

const freightDocuments: SeedClassifier = {
	id: 'cl_freight_documents',
	name: 'Freight documents',
	draft: configOf('bill_of_lading', 'packing_list', 'proof_of_delivery'),
	published: [
		{
			version: '1.0',
			description: 'First release',
			config: configOf('bill_of_lading', 'packing_list', 'proof_of_delivery'),
		},
	],
};

const claimsIntake: SeedClassifier = {
	id: 'cl_claims_intake',
	name: 'Claims intake',
	draft: configOf('claim_form', 'medical_report', 'police_report'),
	published: [],
};

const SITES = ['Antwerp', 'Bilbao', 'Chicago', 'Dublin', 'Essen', 'Fresno', 'Genoa', 'Houston', 'Izmir', 'Jackson'];
const DESKS = ['orders', 'post room', 'archive'] as const;

/** Thirty more, so that a picker has to turn pages. */
const siteClassifiers = SITES.flatMap((site) =>
	DESKS.map((desk): SeedClassifier => {
		const config = configOf('purchase_order', 'invoice', 'letter');
		return {
			id: `cl_${site.toLowerCase()}_${desk.replace(' ', '_')}`,
			name: `${site} ${desk}`,
			draft: config,
			published: [{ version: '1.0', description: null, config }],
		};
	}),
);

/** The classifiers of a fresh stand-in; the best known ones come first in a list sorted by `updatedAt`. */
export const seedClassifiers: SeedClassifier[] = [
	...siteClassifiers,
	claimsIntake,
	freightDocuments,
	inboundMail,
];
