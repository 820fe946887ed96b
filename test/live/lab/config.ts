/** Credits for a page that is new, by the published prices: reading it and classifying it. */
export const LIGHT_PAGE = 0.8;
/** Credits for a page that was read before. */
export const LIGHT_PAGE_AGAIN = 0.3;
/** For base processors whose price is not published; the most expensive known one costs 1. */
export const UNKNOWN_PAGE = 5;

/** The cheapest way to classify. */
export const LIGHT = { baseProcessor: 'classification_light', parseConfig: { engine: 'parse_light' } };

export const CATEGORIES = [
	{ id: 'invoice', type: 'invoice', description: 'An invoice by which a supplier asks for payment of an amount due' },
	{ id: 'contract', type: 'contract', description: 'A contract, an agreement between two parties with signatures' },
	{ id: 'delivery_note', type: 'delivery_note', description: 'A delivery note that lists goods and packages delivered to the consignee' },
	{ id: 'other', type: 'other', description: 'Anything else' },
];

export const LIGHT_CONFIG = { ...LIGHT, classifications: CATEGORIES };

/** A text for each category, the same words for a person and for the stand-in. */
export const TEXTS = {
	invoice: 'Invoice 4711 of the supplier: the amount due is 120 EUR, payment within 14 days.',
	contract: 'Contract: an agreement between two parties, with the signatures of both parties below.',
	deliveryNote: 'Delivery note: goods delivered to the consignee in 4 packages.',
};

/** An ID in the form of Extend's that belongs to nothing. */
export const nobodys = (prefix: string) => `${prefix}_madeUpByCheckLive0`;
