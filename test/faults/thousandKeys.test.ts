import { byCategories } from '../workflow/setup';
import { describeSoaks } from './soakChecks';

describeSoaks('1,000 files with idempotency keys and Retry On Fail, from small pages of a list that lags', [6, 7, 8, 9, 10], {
	documents: 1_000,
	parameters: { ...byCategories, options: { idempotencyKey: '=mail-{{ $json.document }}' } },
	settings: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 2 },
	options: { listLagMs: 3_000, maxPageSize: 100 },
	// The last look before a start is shared, so that starts go out together, and a server that is gone for a moment takes all along.
	mayFail: 0.1,
});
