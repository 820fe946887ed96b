/** What can go wrong with one request. */
export type Fault =
	/** An answer of its own, and nothing was done. A text as body is sent as it is, anything else as JSON. */
	| { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
	/** A proxy's page. With `acts` the request is carried out and the page takes the place of its answer. */
	| { kind: 'html'; status: number; acts?: boolean }
	| { kind: 'delay'; ms: number }
	/** The connection was accepted and is cut before anything of the body is read. Only rules can ask for it. */
	| { kind: 'drop' }
	/** The connection is reset and nothing was done. */
	| { kind: 'resetBefore' }
	/** The request is carried out, then the connection is reset instead of answered. */
	| { kind: 'resetAfter' }
	/** This request is dropped, and for so long nobody listens: the ones after it are refused by the system. */
	| { kind: 'refuse'; ms: number }
	/** No answer ever; the connection stays open. */
	| { kind: 'hang' }
	/** The request is carried out, but its JSON stops in the middle. */
	| { kind: 'truncate' }
	/** The request is carried out and answered under another content type. */
	| { kind: 'contentType'; type: string };
